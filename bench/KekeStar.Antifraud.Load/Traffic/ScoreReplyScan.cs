using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>What the generator looks at in a <see cref="ScoreReply"/>, read without building the message.</summary>
internal readonly ref struct ScoreReplyScan
{
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int LengthType = 2;
    private const int Fixed32Type = 5;

    private ScoreReplyScan(ReadOnlySpan<byte> eventId, bool degraded, bool refused)
    {
        EventId = eventId;
        Degraded = degraded;
        Refused = refused;
    }

    /// <summary>Gets the event id that the reply answers.</summary>
    public ReadOnlySpan<byte> EventId { get; }

    /// <summary>Gets whether the reply names a degraded cause.</summary>
    public bool Degraded { get; }

    /// <summary>Gets whether the reply says that the event cannot be scored.</summary>
    public bool Refused { get; }

    /// <summary>Takes the next encoded reply from those left of a <see cref="ScoreBatchReply"/>; false: there is none.</summary>
    public static bool TryTakeReply(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> reply)
    {
        reply = default;
        if (!TryVarint(ref rest, out ulong tag) || tag != ((ScoreBatchReply.RepliesFieldNumber << 3) | LengthType)
            || !TryVarint(ref rest, out ulong length) || length > (ulong)rest.Length)
        {
            return false;
        }

        reply = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    /// <summary>Reads an encoded reply; false: it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> reply, out ScoreReplyScan scan)
    {
        ReadOnlySpan<byte> eventId = default;
        bool degraded = false;
        bool refused = false;
        scan = default;
        while (!reply.IsEmpty)
        {
            if (!TryVarint(ref reply, out ulong tag))
            {
                return false;
            }

            int field = (int)(tag >> 3);
            ulong length;
            switch (tag & 7)
            {
                case VarintType:
                    if (!TryVarint(ref reply, out _))
                    {
                        return false;
                    }

                    length = 0;
                    break;
                case Fixed64Type:
                    length = 8;
                    break;
                case Fixed32Type:
                    length = 4;
                    break;
                case LengthType when TryVarint(ref reply, out length):
                    break;
                default:
                    return false;
            }

            if (length > (ulong)reply.Length)
            {
                return false;
            }

            if (field == ScoreReply.EventIdFieldNumber)
            {
                eventId = reply[..(int)length];
            }

            degraded |= field == ScoreReply.DegradedFieldNumber;
            refused |= field == ScoreReply.ErrorFieldNumber;
            reply = reply[(int)length..];
        }

        scan = new ScoreReplyScan(eventId, degraded, refused);
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (int i = 0; i < rest.Length && i < 10; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
