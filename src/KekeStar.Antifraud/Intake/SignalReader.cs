using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Reads one signal where it lies: looks at consent first and notes in the event why a signal was not used. A signal
/// that cannot be read never fails the request.
/// </summary>
internal static class SignalReader
{
    /// <summary>Reads text or bytes.</summary>
    /// <returns>False if there is nothing to use; the reader stands behind the field either way.</returns>
    public static bool TryReadText(scoped ref ProtobufReader reader, SignalTable.Signal signal, ScoreEvent target, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.WireType != WireType.LengthDelimited)
        {
            target.Drop(signal.NameIndex, DropCause.WrongType);
            reader.Skip();
            return false;
        }

        text = reader.ReadBytes();
        if (text.IsEmpty)
        {
            return false;
        }

        if (!target.Grants(signal.Consent))
        {
            target.Drop(signal.NameIndex, DropCause.NoConsent);
            text = default;
            return false;
        }

        return true;
    }

    /// <summary>Reads an enum value; 0 if it is unknown or has another wire type.</summary>
    public static int ReadEnum(ref ProtobufReader reader, SignalTable.Signal signal, int largest, ScoreEvent target)
    {
        if (reader.WireType != WireType.Varint)
        {
            target.Drop(signal.NameIndex, DropCause.WrongType);
            reader.Skip();
            return 0;
        }

        var value = reader.ReadVarint();
        if (value > (ulong)largest)
        {
            target.Drop(signal.NameIndex, DropCause.Malformed);
            return 0;
        }

        return (int)value;
    }

    /// <summary>What the contract calls a normaliser's refusal.</summary>
    public static DropCause Cause(NormaliseStatus status) => status switch
    {
        NormaliseStatus.TooLong => DropCause.TooLong,
        NormaliseStatus.NullValue => DropCause.NullValue,
        _ => DropCause.Malformed,
    };
}
