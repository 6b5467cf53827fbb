using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers.Vectors;

/// <summary>One value of a public test suite and what that suite says of it.</summary>
/// <param name="Source">Name of the file, without its ending.</param>
/// <param name="Kind">An entity kind, or Luhn or LuhnHex for the bare check digit.</param>
/// <param name="IsValid">What the source says.</param>
/// <param name="Value">The text.</param>
/// <param name="Normalised">Our normal form of what the source makes of it; empty: the source does not say.</param>
internal sealed record PublicVector(string Source, string Kind, bool IsValid, string Value, string Normalised)
{
    /// <summary>The vectors of all files.</summary>
    internal static List<PublicVector> ReadAll() =>
        [.. VectorTable.Files().SelectMany(static file => VectorTable.Read(file).Select(columns => From(Path.GetFileNameWithoutExtension(file), columns)))];

    /// <summary>How this service reads the value.</summary>
    internal (NormaliseStatus Status, string Normalised) Read()
    {
        var utf8 = Encoding.UTF8.GetBytes(Value);
        switch (Kind)
        {
            case "Luhn":
                return (HasCheckDigit(utf8, Luhn.Decimal) ? NormaliseStatus.Ok : NormaliseStatus.Malformed, "");
            case "LuhnHex":
                return (HasCheckDigit(utf8, Luhn.Hexadecimal) ? NormaliseStatus.Ok : NormaliseStatus.Malformed, "");
            case "Ip":
                Span<byte> address = stackalloc byte[ClientAddress.Length];
                return (ClientAddress.TryParse(utf8, address, out _), "");
            default:
                return IdentifierReader.Read(Enum.Parse<EntityKind>(Kind), Value);
        }
    }

    private static PublicVector From(string source, string[] columns)
    {
        Assert.InRange(columns.Length, 3, 4);
        Assert.True(columns[1] is "valid" or "invalid", string.Create(CultureInfo.InvariantCulture, $"{source}: {columns[1]}"));
        return new PublicVector(source, columns[0], columns[1] == "valid", VectorTable.Unquote(columns[2]), columns.Length == 4 ? columns[3] : "");
    }

    private static bool HasCheckDigit(ReadOnlySpan<byte> utf8, int radix)
    {
        Span<byte> digits = stackalloc byte[64];
        var count = Digits.CopySeparated(utf8, radix == Luhn.Hexadecimal, digits);
        return count > 0 && Luhn.IsValid(digits[..count], radix);
    }
}
