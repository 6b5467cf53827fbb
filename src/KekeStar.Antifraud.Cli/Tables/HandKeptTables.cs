using System.Globalization;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Builds the tables that come whole from files kept by hand.</summary>
internal static class HandKeptTables
{
    private const string ProjectLicence = "that of this project; the entries are facts";
    private const int TacColumns = 2;
    private const int TacDigits = 8;
    private const int CardIssuerColumns = 3;

    /// <summary>The table of brands.</summary>
    public static BuiltTable Brands(MakerList makers)
    {
        var payload = new PayloadWriter();
        payload.WriteNames([.. makers.Brands.Select(static brand => KeyValuePair.Create(brand.Key, ShortBytes.Of(brand.Value)))]);
        payload.WriteNames([.. makers.Numbers.Select(static maker => KeyValuePair.Create(maker.Key, ShortBytes.Of(maker.Value)))]);
        return new BuiltTable(
            new TableHeader(TableKind.Brands, makers.Date, makers.Brands.Count, "makers.tsv, kept by hand", ProjectLicence), payload.ToArray());
    }

    /// <summary>The table of type allocation codes.</summary>
    /// <param name="path">Columns: code, maker of makers.tsv.</param>
    /// <param name="makers">The makers.</param>
    /// <param name="source">Where the codes come from.</param>
    /// <param name="licence">What they may be used under.</param>
    public static BuiltTable Tacs(string path, MakerList makers, string source, string licence)
    {
        var file = TsvFile.Read(path, TacColumns);
        var codes = new SortedDictionary<uint, byte[]>();
        foreach (var row in file.Rows)
        {
            var code = Digits(row, row.Cells[0], TacDigits, TacDigits);
            if (!codes.TryAdd(code, ShortBytes.Of(makers.NumberOf(row.Cells[1], row))))
            {
                throw row.Fault("the code is listed twice");
            }
        }

        var payload = new PayloadWriter();
        payload.WriteNumbers(codes);
        return new BuiltTable(new TableHeader(TableKind.Tacs, file.Date, codes.Count, source, licence), payload.ToArray());
    }

    /// <summary>The table of card issuers.</summary>
    public static BuiltTable CardIssuers(string folder)
    {
        var file = TsvFile.Read(Path.Combine(folder, "card-issuers.tsv"), CardIssuerColumns);
        var prefixes = new SortedDictionary<uint, byte[]>();
        foreach (var row in file.Rows)
        {
            var prefix = Digits(row, row.Cells[0], CardIssuerTable.MinDigits, CardIssuerTable.MaxDigits);
            byte[] value = [.. ShortBytes.Of(CountryCells.Read(row, row.Cells[1]).Value), OperatorNames.Read(row, row.Cells[2])];
            if (!prefixes.TryAdd(CardIssuerTable.Key(prefix, row.Cells[0].Length), value))
            {
                throw row.Fault("the prefix is listed twice");
            }
        }

        var payload = new PayloadWriter();
        payload.WriteNumbers(prefixes);
        return new BuiltTable(
            new TableHeader(TableKind.CardIssuers, file.Date, prefixes.Count, "card-issuers.tsv, kept by hand: ITU-T E.118 and E.164", ProjectLicence),
            payload.ToArray());
    }

    /// <summary>Reads a cell of digits.</summary>
    internal static uint Digits(TsvRow row, string cell, int least, int most) =>
        cell.Length >= least && cell.Length <= most && uint.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw row.Fault($"'{cell}' is not {least} to {most} digits");
}
