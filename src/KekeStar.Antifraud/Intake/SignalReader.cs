using System.Text.Unicode;
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
            target.Drop(signal.NameIndex, target.RefusalOf(signal.Consent));
            text = default;
            return false;
        }

        return true;
    }

    /// <summary>Reads text of any content but a limited length.</summary>
    /// <returns>False if there is nothing to use; the reader stands behind the field either way.</returns>
    public static bool TryReadShortText(
        scoped ref ProtobufReader reader, SignalTable.Signal signal, int maxLength, ScoreEvent target, out ReadOnlySpan<byte> text)
    {
        if (!TryReadText(ref reader, signal, target, out text))
        {
            return false;
        }

        var cause = text.Length > maxLength ? DropCause.TooLong : Utf8.IsValid(text) ? DropCause.Unspecified : DropCause.Malformed;
        if (cause == DropCause.Unspecified)
        {
            return true;
        }

        target.Drop(signal.NameIndex, cause);
        text = default;
        return false;
    }

    /// <summary>Reads an enum value; 0 if it is unknown.</summary>
    /// <returns>False if the field has another wire type: then it is none of the message's fields.</returns>
    public static bool TryReadEnum(scoped ref ProtobufReader reader, SignalTable.Signal signal, int largest, ScoreEvent target, out int value)
    {
        value = 0;
        if (reader.WireType != WireType.Varint)
        {
            target.Drop(signal.NameIndex, DropCause.WrongType);
            reader.Skip();
            return false;
        }

        var number = reader.ReadVarint();
        if (number > (ulong)largest)
        {
            target.Drop(signal.NameIndex, DropCause.Malformed);
            return true;
        }

        value = (int)number;
        return true;
    }

    /// <summary>What the contract calls a normaliser's refusal.</summary>
    public static DropCause Cause(NormaliseStatus status) => status switch
    {
        NormaliseStatus.TooLong => DropCause.TooLong,
        NormaliseStatus.NullValue or NormaliseStatus.EmulatorDefault => DropCause.NullValue,
        _ => DropCause.Malformed,
    };
}
