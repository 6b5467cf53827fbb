using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Builds the table of operators from the npm package mcc-mnc-list and two files kept by hand.</summary>
internal sealed class OperatorSource
{
    private const string FileName = "mcc-mnc-list.json";
    private const int CountryColumns = 2;
    private const int FamilyColumns = 3;
    private const int Mixed = -1;

    private readonly SortedDictionary<uint, byte[]> _networks = [];
    private readonly HashSet<CountryCode>[] _countries = [.. Enumerable.Range(0, OperatorTable.CountryCodes).Select(static _ => new HashSet<CountryCode>())];
    private readonly int[] _digits = new int[OperatorTable.CountryCodes];
    private readonly Dictionary<uint, CountryCode> _decided = [];

    private OperatorSource()
    {
    }

    /// <summary>Builds the table.</summary>
    /// <param name="packageFolder">The package, unpacked.</param>
    /// <param name="handKept">The folder of the files kept by hand.</param>
    /// <exception cref="InvalidDataException">A file is not of the form.</exception>
    public static BuiltTable Build(string packageFolder, string handKept)
    {
        var package = PackageFolder.Read(packageFolder);
        var source = new OperatorSource();
        using var list = PackageFolder.ReadList(packageFolder, FileName);
        foreach (var network in list.RootElement.EnumerateArray())
        {
            source.Add(network);
        }

        foreach (var row in TsvFile.Read(Path.Combine(handKept, "operator-families.tsv"), FamilyColumns).Rows)
        {
            source.AddNetwork(HandKeptTables.Digits(row, row.Cells[0], 3, 3), row.Cells[1], OperatorNames.Read(row, row.Cells[2]));
        }

        foreach (var row in TsvFile.Read(Path.Combine(handKept, "mcc-countries.tsv"), CountryColumns).Rows)
        {
            source._decided[HandKeptTables.Digits(row, row.Cells[0], 3, 3)] = CountryCells.Read(row, row.Cells[1]);
        }

        var header = new TableHeader(
            TableKind.Operators,
            package.Date,
            source._networks.Count,
            $"{package.Source} (the lists of Wikipedia); mcc-countries.tsv and operator-families.tsv, kept by hand",
            $"{package.Licence}; Wikipedia's texts: CC BY-SA 4.0; the entries are facts");
        return new BuiltTable(header, source.Payload());
    }

    private void Add(JsonElement network)
    {
        if (!uint.TryParse(PackageFolder.TextOf(FileName, network, "mcc"), NumberStyles.None, CultureInfo.InvariantCulture, out var mcc) || mcc >= OperatorTable.CountryCodes)
        {
            return;
        }

        // "GE-AB" and the like: a part of the country, for the card's country the country itself. "AU/CC/CX": several.
        foreach (var country in PackageFolder.TextOf(FileName, network, "countryCode").Split('/'))
        {
            _countries[mcc].Add(CountryCode.Of(country.Split('-')[0]));
        }

        var mnc = PackageFolder.TextOf(FileName, network, "mnc");
        var range = mnc.Split('-', StringSplitOptions.TrimEntries);
        if (range.Length == 2 && IsCode(range[0]) && IsCode(range[1]))
        {
            for (var code = Number(range[0]); code <= Number(range[1]); code++)
            {
                AddNetwork(mcc, code.ToString($"D{range[0].Length}", CultureInfo.InvariantCulture), OperatorFamily.Unknown);
            }
        }
        else if (IsCode(mnc))
        {
            AddNetwork(mcc, mnc, OperatorFamily.Unknown);
        }
    }

    private static bool IsCode(string text) => text.Length is 2 or 3 && text.All(char.IsAsciiDigit);

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private void AddNetwork(uint mcc, string mnc, byte family)
    {
        _networks[OperatorTable.Key(mcc, Number(mnc), mnc.Length)] = [family];
        _digits[mcc] = _digits[mcc] == 0 || _digits[mcc] == mnc.Length ? mnc.Length : Mixed;
    }

    private byte[] Payload()
    {
        var payload = new PayloadWriter();
        for (uint mcc = 0; mcc < OperatorTable.CountryCodes; mcc++)
        {
            var country = _decided.TryGetValue(mcc, out var decided) ? decided
                : _countries[mcc].Count == 1 ? _countries[mcc].First()
                : CountryCode.Unknown;
            payload.Write(ShortBytes.Of(country.Value));
        }

        foreach (var digits in _digits)
        {
            payload.Write([(byte)Math.Max(digits, 0)]);
        }

        payload.WriteNumbers(_networks);
        return payload.ToArray();
    }
}
