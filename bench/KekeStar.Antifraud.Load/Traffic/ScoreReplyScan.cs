using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>What the generator looks at in a <see cref="ScoreReply"/>, read without building the message.</summary>
internal readonly ref struct ScoreReplyScan
{
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int LengthType = 2;
    private const int Fixed32Type = 5;

    private ScoreReplyScan(ReadOnlySpan<byte> eventId, bool degraded)
    {
        EventId = eventId;
        Degraded = degraded;
    }

    /// <summary>Gets the event id that the reply answers.</summary>
    public ReadOnlySpan<byte> EventId { get; }

    /// <summary>Gets whether the reply names a degraded cause.</summary>
    public bool Degraded { get; }

    /// <summary>Reads an encoded reply; false: it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> reply, out ScoreReplyScan scan)
    {
        ReadOnlySpan<byte> eventId = default;
        bool degraded = false;
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
            reply = reply[(int)length..];
        }

        scan = new ScoreReplyScan(eventId, degraded);
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
