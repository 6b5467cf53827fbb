namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// The client's IP address: strict dotted decimal IPv4, or IPv6 text of RFC 4291 clause 2.2. Written own, because
/// IPAddress.TryParse makes an object and also takes octal, hexadecimal and shortened IPv4, zones and brackets, which
/// gateways and this service could read differently.
/// </summary>
internal static class ClientAddress
{
    /// <summary>Length of an address; IPv4 is written in its IPv4-mapped form (RFC 4291 clause 2.5.5.2).</summary>
    internal const int Length = 16;

    /// <summary>Longest text: six groups and an embedded IPv4 address.</summary>
    internal const int MaxTextLength = 45;

    /// <summary>Bytes of an IPv4 /24 in its mapped form (96 + 24 bits): a usual access network or office.</summary>
    internal const int IPv4PrefixLength = 15;

    /// <summary>Bytes of an IPv6 /48: what one site gets at most (RFC 6177).</summary>
    internal const int IPv6PrefixLength = 6;

    private const int MappedOffset = 12;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Reads an address; ASCII blanks at either end are ignored.</summary>
    /// <param name="utf8">The text as it came.</param>
    /// <param name="address16">At least <see cref="Length"/> bytes; cleared unless the status is Ok.</param>
    /// <param name="isIPv4">True for IPv4 and for IPv4-mapped IPv6, which is the same client.</param>
    /// <returns>
    /// NullValue for an empty text and for an address that is no public client: unspecified, loopback, private, link-local,
    /// multicast or reserved (see <see cref="AddressScope"/>). Carrier-grade NAT and documentation addresses are Ok.
    /// </returns>
    internal static NormaliseStatus TryParse(ReadOnlySpan<byte> utf8, Span<byte> address16, out bool isIPv4)
    {
        var address = address16[..Length];
        var status = Parse(Blanks.Trim(utf8), address, out isIPv4);
        if (status != NormaliseStatus.Ok)
        {
            address.Clear();
            isIPv4 = false;
        }

        return status;
    }

    /// <summary>Writes the network of an address: IPv4 /24 or IPv6 /48. The two differ in length, so they never collide.</summary>
    /// <param name="address16">An address that <see cref="TryParse"/> wrote.</param>
    /// <param name="isIPv4">What it said.</param>
    /// <param name="destination">At least <see cref="IPv4PrefixLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    internal static int WritePrefix(ReadOnlySpan<byte> address16, bool isIPv4, Span<byte> destination)
    {
        var length = isIPv4 ? IPv4PrefixLength : IPv6PrefixLength;
        address16[..length].CopyTo(destination);
        return length;
    }

    private static NormaliseStatus Parse(ReadOnlySpan<byte> text, Span<byte> address, out bool isIPv4)
    {
        isIPv4 = false;
        if (NullValues.IsPlaceholder(text))
        {
            return NormaliseStatus.NullValue;
        }

        if (text.Length > MaxTextLength)
        {
            return NormaliseStatus.TooLong;
        }

        if (text.Contains((byte)':'))
        {
            if (!IPv6Text.TryParse(text, address))
            {
                return NormaliseStatus.Malformed;
            }

            isIPv4 = address.StartsWith(MappedPrefix);
        }
        else
        {
            MappedPrefix.CopyTo(address);
            if (!IPv4Text.TryParse(text, address[MappedOffset..]))
            {
                return NormaliseStatus.Malformed;
            }

            isIPv4 = true;
        }

        var isPublic = isIPv4 ? AddressScope.IsPublicIPv4(address[MappedOffset..]) : AddressScope.IsPublicIPv6(address);
        return isPublic ? NormaliseStatus.Ok : NormaliseStatus.NullValue;
    }
}
