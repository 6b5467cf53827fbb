using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake.Consents;

/// <summary>
/// Reads what must be known before the signals, in a pass of its own: what the user granted, so that a signal that is
/// not granted is never even normalised; whether the account is a minor's; and what opens the sealed identifiers.
/// </summary>
internal static class ConsentReader
{
    /// <summary>Sets the event's consent from all Consent fields of a ScoreRequest.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Receives the consent.</param>
    /// <param name="sealing">Receives what opens the sealed identifiers.</param>
    /// <param name="decidedAt">Receives when the user last decided.</param>
    /// <returns>None, or why the request cannot be read.</returns>
    public static RequestError Read(ReadOnlySpan<byte> request, ScoreEvent target, ref SealedField sealing, ref EventTime decidedAt)
    {
        var reader = new ProtobufReader(request);
        while (reader.TryReadTag(out var field))
        {
            var error = field switch
            {
                ScoreRequest.EventIdFieldNumber => sealing.ReadEventId(ref reader),
                ScoreRequest.SealedIdentifiersFieldNumber => sealing.ReadBytes(ref reader),
                ScoreRequest.ConsentFieldNumber => ReadConsent(ref reader, target, ref decidedAt),
                ScoreRequest.MinorFieldNumber => ReadMinor(ref reader, target),
                _ => Skip(ref reader),
            };
            if (error != RequestError.None)
            {
                return error;
            }
        }

        return reader.IsMalformed ? RequestError.NotProtobuf : RequestError.None;
    }

    private static RequestError ReadConsent(ref ProtobufReader reader, ScoreEvent target, ref EventTime decidedAt)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            target.Drop(SignalNames.Consent, DropCause.WrongType);
            return Skip(ref reader);
        }

        return TryReadMessage(reader.ReadBytes(), target, ref decidedAt) ? RequestError.None : RequestError.NotProtobuf;
    }

    private static RequestError ReadMinor(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType == WireType.Varint)
        {
            target.IsMinor = reader.ReadVarint() != 0;
            return RequestError.None;
        }

        target.Drop(SignalTable.Request[ScoreRequest.MinorFieldNumber].NameIndex, DropCause.WrongType);
        return Skip(ref reader);
    }

    private static RequestError Skip(ref ProtobufReader reader)
    {
        reader.Skip();
        return RequestError.None;
    }

    private static bool TryReadMessage(ReadOnlySpan<byte> message, ScoreEvent target, ref EventTime decidedAt)
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
                    switch (decidedAt.Read(ref reader))
                    {
                        case EventTimeFault.NotProtobuf:
                            return false;
                        case EventTimeFault.WrongType:
                            target.Drop(SignalNames.Consent, DropCause.WrongType);
                            break;
                    }

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
