namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>How key files and the command line write a <see cref="KeyAlgorithm"/>.</summary>
internal static class KeyAlgorithmName
{
    /// <summary>The one that is meant where none is given.</summary>
    public const string Sha256 = "hmac-sha256";

    /// <summary>The alternative.</summary>
    public const string Sm3 = "hmac-sm3";

    /// <summary>Name of an algorithm.</summary>
    public static string Of(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.HmacSm3 ? Sm3 : Sha256;

    /// <summary>Algorithm of a name; null: there is none of that name.</summary>
    public static KeyAlgorithm? Find(string name) => name switch
    {
        Sha256 => KeyAlgorithm.HmacSha256,
        Sm3 => KeyAlgorithm.HmacSm3,
        _ => null,
    };
}
