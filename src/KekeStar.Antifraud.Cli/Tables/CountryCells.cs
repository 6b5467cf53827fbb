using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Reads countries in files kept by hand.</summary>
internal static class CountryCells
{
    /// <summary>Reads a cell: an alpha-2 code of ISO 3166-1, or "--".</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static CountryCode Read(TsvRow row, string cell)
    {
        var country = CountryCode.Of(cell);
        return country.IsKnown || cell == "--" ? country : throw row.Fault($"'{cell}' is no country");
    }
}
