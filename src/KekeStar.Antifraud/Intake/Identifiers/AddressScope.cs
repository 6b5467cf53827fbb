namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Tells addresses that can be a client seen from the public network from those that cannot. The latter mean that a
/// proxy in between hid the client; as an identifier they would link everybody behind that proxy.
/// </summary>
/// <remarks>
/// Not configurable. Carrier-grade NAT (100.64.0.0/10, RFC 6598) is public here: where the gateway stands inside an
/// operator's network it is the client. So are the documentation prefixes (RFC 5737, RFC 3849), which nobody routes
/// and samples and tests use.
/// </remarks>
internal static class AddressScope
{
    /// <summary>Judges an IPv4 address of four bytes.</summary>
    internal static bool IsPublicIPv4(ReadOnlySpan<byte> address) => (address[0], address[1]) switch
    {
        (0, _) => false, // "This network", with the unspecified address: RFC 1122.
        (10, _) => false, // Private: RFC 1918.
        (127, _) => false, // Loopback: RFC 1122.
        (169, 254) => false, // Link-local: RFC 3927.
        (172, >= 16 and <= 31) => false, // Private: RFC 1918.
        (192, 168) => false, // Private: RFC 1918.
        ( >= 224, _) => false, // Multicast (RFC 5771), reserved and broadcast (RFC 1112).
        _ => true,
    };

    /// <summary>Judges an IPv6 address of 16 bytes that is not IPv4-mapped.</summary>
    internal static bool IsPublicIPv6(ReadOnlySpan<byte> address)
    {
        // Unspecified :: and loopback ::1, RFC 4291.
        if (!address[..^1].ContainsAnyExcept((byte)0) && address[^1] <= 1)
        {
            return false;
        }

        return (address[0], address[1]) switch
        {
            (0xFF, _) => false, // Multicast: RFC 4291.
            (0xFC or 0xFD, _) => false, // Unique local, fc00::/7: RFC 4193.
            (0xFE, >= 0x80) => false, // Link-local fe80::/10, and the former site-local fec0::/10: RFC 3879.
            _ => true,
        };
    }
}
