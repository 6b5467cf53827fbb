using System.Buffers;

namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// SIM serial number as the system reports it: 4 to 32 characters [A-Za-z0-9]. Most systems report the ICCID (Android's
/// getSimSerialNumber), some with and some without padding and check digit, so what reads as an ICCID gets the
/// normal form of one; all else is put in upper case.
/// </summary>
internal static class SimSerial
{
    /// <summary>Most characters.</summary>
    internal const int MaxLength = 32;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>Normalises a trimmed text.</summary>
    internal static NormaliseStatus Normalise(ReadOnlySpan<byte> text, Span<byte> destination, out int written) =>
        Iccid.Normalise(text, destination, out written) == NormaliseStatus.Ok
            ? NormaliseStatus.Ok
            : Serial.Normalise(text, Alphabet, MaxLength, destination, out written);
}
