namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Brings an identifier, as UTF-8 text in the span it came in, to the one form that is hashed, so that all ways of
/// writing it give one pseudonym. Nothing is allocated and no text is made of the identifier.
/// </summary>
internal static class IdentifierNormaliser
{
    /// <summary>Longest normal form in bytes (an OAID of 64 hexadecimal digits, a serial number of 64 characters).</summary>
    internal const int MaxNormalisedLength = 64;

    /// <summary>
    /// Normalises one identifier. ASCII blanks at either end are ignored for all kinds except
    /// <see cref="EntityKind.Account"/> and <see cref="EntityKind.Event"/>, whose text is the app's own and opaque.
    /// </summary>
    /// <param name="kind">
    /// What the text is. <see cref="EntityKind.Ip"/> is read by <see cref="ClientAddress"/>; it and the kinds that the
    /// service derives itself (None, Device, IpPrefix, Cohort) are never accepted here.
    /// </param>
    /// <param name="utf8">The text as it came, of any length and content.</param>
    /// <param name="destination">At least <see cref="MaxNormalisedLength"/> bytes; cleared unless the status is Ok.</param>
    /// <param name="written">
    /// Bytes of the normal form. 0 with status Ok for Account and Event: their normal form is the text itself, which
    /// may be longer than the destination, so the caller hashes <paramref name="utf8"/>.
    /// </param>
    /// <returns>How it ended; never throws on account of the text.</returns>
    /// <exception cref="ArgumentException">The destination is too short: a mistake of the caller.</exception>
    internal static NormaliseStatus Normalise(EntityKind kind, ReadOnlySpan<byte> utf8, Span<byte> destination, out int written)
    {
        if (destination.Length < MaxNormalisedLength)
        {
            throw new ArgumentException($"The destination must hold {MaxNormalisedLength} bytes.", nameof(destination));
        }

        written = 0;
        if (kind is EntityKind.Account or EntityKind.Event)
        {
            return OpaqueId.Check(kind, utf8);
        }

        var text = Blanks.Trim(utf8);
        var status = NullValues.IsPlaceholder(text) ? NormaliseStatus.NullValue : Dispatch(kind, text, destination, out written);
        if (status == NormaliseStatus.Ok)
        {
            status = NullValues.Judge(kind, destination[..written]);
        }

        if (status != NormaliseStatus.Ok)
        {
            // What was read before the fault was found is no business of the caller's buffer.
            destination[..MaxNormalisedLength].Clear();
            written = 0;
        }

        return status;
    }

    private static NormaliseStatus Dispatch(EntityKind kind, ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        switch (kind)
        {
            case EntityKind.Imei:
                return Imei.Normalise(text, destination, out written);
            case EntityKind.Meid:
                return Meid.Normalise(text, destination, out written);
            case EntityKind.AndroidId:
                return AndroidId.Normalise(text, destination, out written);
            case EntityKind.Oaid:
                return Oaid.Normalise(text, destination, out written);
            case EntityKind.Idfa or EntityKind.Idfv or EntityKind.Guid:
                return Uuid.Normalise(text, destination, out written);
            case EntityKind.OpenUdid:
                return OpenUdid.Normalise(text, destination, out written);
            case EntityKind.Serial:
                return Serial.Normalise(text, destination, out written);
            case EntityKind.Mac:
                return MacAddress.Normalise(text, keepLocal: false, destination, out written);
            case EntityKind.Bssid:
                return MacAddress.Normalise(text, keepLocal: true, destination, out written);
            case EntityKind.Iccid:
                return Iccid.Normalise(text, destination, out written);
            case EntityKind.Imsi:
                return Imsi.Normalise(text, destination, out written);
            case EntityKind.SimSerial:
                return SimSerial.Normalise(text, destination, out written);
            default:
                written = 0;
                return NormaliseStatus.Malformed;
        }
    }
}
