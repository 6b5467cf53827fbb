using System.Globalization;
using System.Text;

namespace KekeStar.Antifraud.Intake.RiskTools;

/// <summary>Reads the table of risk tools; the format is described at its head (risk-tools.tsv).</summary>
internal static class RiskToolFile
{
    /// <summary>Name of the resource that ships with this library.</summary>
    internal const string ResourceName = "risk-tools.tsv";

    private const int Columns = 4;
    private const string DateMark = "# date: ";

    /// <summary>Reads the table that ships with this library.</summary>
    internal static Dictionary<string, RiskToolCategory> ReadShipped()
    {
        using var reader = OpenShipped();
        return Read(reader);
    }

    /// <summary>Makes the table that ships with this library.</summary>
    internal static RiskToolTable LoadShipped()
    {
        using var reader = OpenShipped();
        var tools = Read(reader, out var date);
        return new(tools, date, $"{ResourceName}, kept by hand: public lists, named in its README");
    }

    /// <summary>Reads the table of a folder.</summary>
    /// <param name="folder">The folder; the file in it has the shipped one's name.</param>
    /// <param name="before">The table if the folder has none.</param>
    /// <exception cref="InvalidDataException">A line is not of the format, or there is none; the message names the file and the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static RiskToolTable Load(string folder, RiskToolTable before)
    {
        var path = Path.Combine(folder, ResourceName);
        if (!File.Exists(path))
        {
            return before;
        }

        try
        {
            using var stream = File.OpenRead(path);
            return RiskToolTable.Load(stream);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException(
                $"{path} cannot be used: {fault.Message} Mend it, or remove it to have the table that ships with the service.", fault);
        }
    }

    /// <summary>Reads a table.</summary>
    /// <param name="reader">The text.</param>
    /// <returns>Names in lower case and their categories.</returns>
    /// <exception cref="InvalidDataException">A line is not of the format; the message names the line.</exception>
    internal static Dictionary<string, RiskToolCategory> Read(TextReader reader) => Read(reader, out _);

    /// <summary>Reads a table and its date.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="date">What the line "# date: yyyy-mm-dd" says; the first of all days if there is none.</param>
    /// <returns>Names in lower case and their categories.</returns>
    /// <exception cref="InvalidDataException">A line is not of the format; the message names the line.</exception>
    internal static Dictionary<string, RiskToolCategory> Read(TextReader reader, out DateOnly date)
    {
        date = default;
        var tools = new Dictionary<string, RiskToolCategory>(StringComparer.Ordinal);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.StartsWith(DateMark, StringComparison.Ordinal)
                && !DateOnly.TryParseExact(line.AsSpan(DateMark.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            {
                throw new InvalidDataException($"Line {number}: the date is not yyyy-mm-dd.");
            }

            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var columns = line.Split('\t');
            if (columns.Length != Columns)
            {
                throw new InvalidDataException($"Line {number}: {columns.Length} columns, expected {Columns}.");
            }

            var name = columns[0].ToLowerInvariant();
            if (name.Length is 0 or > RiskToolTable.MaxNameLength || !Ascii.IsValid(name))
            {
                throw new InvalidDataException($"Line {number}: a name is 1 to {RiskToolTable.MaxNameLength} ASCII characters.");
            }

            if (!tools.TryAdd(name, ReadCategories(columns[1], number)))
            {
                throw new InvalidDataException($"Line {number}: {name} is listed twice.");
            }
        }

        return tools;
    }

    private static StreamReader OpenShipped() => new(
        typeof(RiskToolFile).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"The resource {ResourceName} is missing."),
        Encoding.UTF8);

    private static RiskToolCategory ReadCategories(string text, int lineNumber)
    {
        var categories = RiskToolCategory.None;
        foreach (var name in text.Split(','))
        {
            var category = RiskToolCategoryName.Parse(name);
            if (category == RiskToolCategory.None)
            {
                throw new InvalidDataException($"Line {lineNumber}: {name} is no category.");
            }

            categories |= category;
        }

        return categories;
    }
}
