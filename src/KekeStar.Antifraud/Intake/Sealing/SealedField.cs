using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>The sealed identifiers of a request, and the event id that they are bound to. Of a field that comes again the last one counts.</summary>
internal ref struct SealedField
{
    /// <summary>What sealed_identifiers holds; empty: nothing is sealed.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The event id as it was sent; checked where it is read for the event.</summary>
    public ReadOnlySpan<byte> EventId { get; private set; }

    /// <summary>Reads sealed_identifiers.</summary>
    public RequestError ReadBytes(ref ProtobufReader reader)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.SealedWrongType;
        }

        Bytes = reader.ReadBytes();
        return RequestError.None;
    }

    /// <summary>Reads event_id.</summary>
    public RequestError ReadEventId(ref ProtobufReader reader)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.EventIdWrongType;
        }

        EventId = reader.ReadBytes();
        return RequestError.None;
    }
}
