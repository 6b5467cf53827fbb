namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>What the pseudonyms of an epoch are made with. Another algorithm is taken by a rotation, never by a change.</summary>
internal enum KeyAlgorithm
{
    /// <summary>HMAC-SHA256 (RFC 2104, FIPS 180-4); keys by HKDF-SHA256 (RFC 5869).</summary>
    HmacSha256,

    /// <summary>HMAC-SM3 (RFC 2104, GB/T 32905-2016); keys by HKDF of the same. For audits of commercial cryptography in China.</summary>
    HmacSm3,
}
