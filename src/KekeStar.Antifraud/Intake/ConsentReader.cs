using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Reads what the user granted, in a pass of its own, so that a signal that is not granted is never even normalised.</summary>
internal static class ConsentReader
{
    /// <summary>Sets the event's consent from all Consent fields of a ScoreRequest.</summary>
    /// <returns>False if the request is not protocol buffers.</returns>
    public static bool TryRead(ReadOnlySpan<byte> request, ScoreEvent target)
    {
        var reader = new ProtobufReader(request);
        while (reader.TryReadTag(out var field))
        {
            if (field != ScoreRequest.ConsentFieldNumber)
            {
                reader.Skip();
            }
            else if (reader.WireType != WireType.LengthDelimited)
            {
                target.Drop(SignalNames.Consent, DropCause.WrongType);
                reader.Skip();
            }
            else if (!TryReadMessage(reader.ReadBytes(), target))
            {
                return false;
            }
        }

        return !reader.IsMalformed;
    }

    private static bool TryReadMessage(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            switch (field)
            {
                case Consent.GrantedFieldNumber when reader.WireType == WireType.LengthDelimited:
                    var packed = new ProtobufReader(reader.ReadBytes());
                    while (!packed.IsAtEnd)
                    {
                        var category = packed.ReadVarint();
                        if (packed.IsMalformed)
                        {
                            return false;
                        }

                        Grant(target, category);
                    }

                    break;
                case Consent.GrantedFieldNumber when reader.WireType == WireType.Varint:
                    Grant(target, reader.ReadVarint());
                    break;
                case Consent.DecidedAtFieldNumber when reader.WireType == WireType.LengthDelimited:
                    // For the gateway's own record; the service has no use for it.
                    reader.Skip();
                    break;
                case Consent.GrantedFieldNumber or Consent.DecidedAtFieldNumber:
                    target.Drop(SignalNames.Consent, DropCause.WrongType);
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return !reader.IsMalformed;
    }

    private static void Grant(ScoreEvent target, ulong category)
    {
        if (category is 0 or > (ulong)ConsentCategory.Software)
        {
            target.Drop(SignalNames.Consent, DropCause.Malformed);
            return;
        }

        target.Consent |= 1u << (int)category;
    }
}
