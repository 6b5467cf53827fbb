using System.Text.Unicode;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>The sealed identifiers of a request, and the event id that they are bound to. Of a field that comes again the last one counts.</summary>
internal ref struct SealedField
{
    /// <summary>What sealed_identifiers holds; empty: nothing is sealed.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The event id as it was sent.</summary>
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

        var eventId = reader.ReadBytes();
        if (eventId.Length > IntakeLimits.MaxEventIdBytes)
        {
            return RequestError.EventIdTooLong;
        }

        // It is echoed in a string field, where clients of most languages refuse what is not UTF-8.
        if (!Utf8.IsValid(eventId))
        {
            return RequestError.EventIdNotText;
        }

        EventId = eventId;
        return RequestError.None;
    }
}
