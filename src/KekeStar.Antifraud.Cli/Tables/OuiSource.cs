using System.Globalization;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Builds the table of MAC prefixes from oui.csv of Debian's package ieee-data (IEEE MA-L).</summary>
internal static class OuiSource
{
    private const string FileName = "oui.csv";
    private const string DateFileName = ".lastupdate";
    private const string Registry = "MA-L";
    private const int PrefixDigits = 6;

    /// <summary>Builds the table.</summary>
    /// <param name="folder">The package's folder usr/share/ieee-data.</param>
    /// <param name="makers">The makers.</param>
    /// <exception cref="InvalidDataException">The file is not of the form.</exception>
    public static BuiltTable Build(string folder, MakerList makers)
    {
        var prefixes = new SortedDictionary<uint, byte[]>();
        var shared = new HashSet<uint>();
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, FileName)))
        {
            number++;
            var cells = CsvLine.Split(line);
            if (cells.Count < 3 || cells[0] != Registry || cells[1].Length != PrefixDigits)
            {
                continue;
            }

            if (!uint.TryParse(cells[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var prefix))
            {
                throw new InvalidDataException($"{Path.Combine(folder, FileName)}, line {number}: '{cells[1]}' is no prefix of {PrefixDigits} hexadecimal digits.");
            }

            var maker = makers.OfOrganisation(cells[2]);

            // A few prefixes stand in the registry twice; one that two organisations hold says nothing.
            if (!prefixes.TryAdd(prefix, ShortBytes.Of(maker)) && !prefixes[prefix].AsSpan().SequenceEqual(ShortBytes.Of(maker)))
            {
                shared.Add(prefix);
            }
        }

        foreach (var prefix in prefixes.Where(entry => shared.Contains(entry.Key) || entry.Value is [0, 0]).Select(static entry => entry.Key).ToArray())
        {
            prefixes.Remove(prefix);
        }

        var payload = new PayloadWriter();
        payload.WriteNumbers(prefixes);
        return new BuiltTable(
            new TableHeader(
                TableKind.Ouis,
                ReadDate(folder),
                prefixes.Count,
                "IEEE Registration Authority, MA-L public listing (Debian ieee-data, oui.csv); makers by makers.tsv",
                "public domain: IEEE asserts no copyright in the OUI public listing"),
            payload.ToArray());
    }

    private static DateOnly ReadDate(string folder)
    {
        var path = Path.Combine(folder, DateFileName);
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime)
            : throw new InvalidDataException($"{path}: '{text}' is no time in Unix seconds.");
    }
}
