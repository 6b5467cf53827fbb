namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// A country or territory of ISO 3166-1, as a number: 1 + 26 × (first letter − 'A') + (second letter − 'A') of its alpha-2
/// code, 1 to 676; 0: unknown.
/// </summary>
/// <param name="value">The number.</param>
internal readonly struct CountryCode(ushort value) : IEquatable<CountryCode>
{
    /// <summary>No country is known.</summary>
    public static readonly CountryCode Unknown;

    private const int Letters = 26;

    /// <summary>The number: 1 to 676; 0: unknown.</summary>
    public ushort Value { get; } = value;

    /// <summary>False if no country is known.</summary>
    public bool IsKnown => Value != 0;

    /// <summary>Compares two countries; an unknown one equals an unknown one.</summary>
    public static bool operator ==(CountryCode left, CountryCode right) => left.Value == right.Value;

    /// <summary>Compares two countries.</summary>
    public static bool operator !=(CountryCode left, CountryCode right) => left.Value != right.Value;

    /// <summary>Reads an alpha-2 code.</summary>
    /// <param name="alpha2">Two letters of ASCII, either case.</param>
    /// <returns>The country; <see cref="Unknown"/> for anything else.</returns>
    public static CountryCode Of(ReadOnlySpan<char> alpha2) =>
        alpha2.Length == 2 && char.IsAsciiLetter(alpha2[0]) && char.IsAsciiLetter(alpha2[1])
            ? new CountryCode((ushort)(1 + (Letters * ((alpha2[0] & 31) - 1)) + (alpha2[1] & 31) - 1))
            : Unknown;

    /// <inheritdoc/>
    public bool Equals(CountryCode other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CountryCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value;

    /// <summary>The alpha-2 code in upper case; "--": unknown.</summary>
    public override string ToString() =>
        Value == 0 ? "--" : new string([(char)('A' + ((Value - 1) / Letters)), (char)('A' + ((Value - 1) % Letters))]);
}
