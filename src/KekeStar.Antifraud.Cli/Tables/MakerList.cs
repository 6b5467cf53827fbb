using System.Globalization;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>The makers of makers.tsv: their numbers, their brands and how their names in the IEEE registry begin.</summary>
internal sealed class MakerList
{
    /// <summary>The file.</summary>
    public const string FileName = "makers.tsv";

    private const int Columns = 4;
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, ushort>> _organisations = [];

    private MakerList(DateOnly date) => Date = date;

    /// <summary>Date of the list.</summary>
    public DateOnly Date { get; }

    /// <summary>Brands in lower case and their makers, in the tables' order.</summary>
    public SortedDictionary<string, ushort> Brands { get; } = new(Utf8Order.Instance);

    /// <summary>Makers by name.</summary>
    public IReadOnlyDictionary<string, ushort> Numbers => _numbers;

    /// <summary>Reads the file of a folder.</summary>
    /// <exception cref="InvalidDataException">A row is wrong; the message names file and line.</exception>
    public static MakerList Read(string folder)
    {
        var file = TsvFile.Read(Path.Combine(folder, FileName), Columns);
        var list = new MakerList(file.Date);
        foreach (var row in file.Rows)
        {
            list.Add(row);
        }

        return list;
    }

    /// <summary>The number of a maker; "-": 0.</summary>
    /// <exception cref="InvalidDataException">No maker has that name.</exception>
    public ushort NumberOf(string maker, TsvRow row) =>
        maker == "-" ? (ushort)0
        : _numbers.TryGetValue(maker, out var number) ? number
        : throw row.Fault($"{maker} is no maker of {FileName}");

    /// <summary>The maker of a brand, as the brand table finds it; 0: unknown.</summary>
    public ushort OfBrand(string brand)
    {
        var name = brand.Trim().ToLowerInvariant();
        return Brands.TryGetValue(name, out var maker) || Brands.TryGetValue(name.Split(' ')[0], out maker) ? maker : (ushort)0;
    }

    /// <summary>The maker of an organisation of the IEEE registry; 0: none.</summary>
    public ushort OfOrganisation(string organisation)
    {
        var name = LettersAndDigits(organisation);
        return _organisations.Find(known => name.StartsWith(known.Key, StringComparison.Ordinal)).Value;
    }

    private static string LettersAndDigits(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private void Add(TsvRow row)
    {
        if (!ushort.TryParse(row.Cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0 || _numbers.ContainsValue(number))
        {
            throw row.Fault("the number is not a whole number of its own, 1 to 65535");
        }

        if (row.Cells[1].Length == 0 || !_numbers.TryAdd(row.Cells[1], number))
        {
            throw row.Fault("the maker has no name of its own");
        }

        foreach (var brand in row.Cells[2].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Brands.TryAdd(brand.ToLowerInvariant(), number))
            {
                throw row.Fault($"the brand {brand} is listed twice");
            }
        }

        foreach (var organisation in row.Cells[3].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            _organisations.Add(new(LettersAndDigits(organisation), number));
        }
    }
}
