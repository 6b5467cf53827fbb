using System.Text;

namespace KekeStar.Antifraud.Intake.RiskTools;

/// <summary>Reads the table of risk tools; the format is described at its head (risk-tools.tsv).</summary>
internal static class RiskToolFile
{
    /// <summary>Name of the resource that ships with this library.</summary>
    internal const string ResourceName = "risk-tools.tsv";

    private const int Columns = 4;

    /// <summary>Reads the table that ships with this library.</summary>
    internal static Dictionary<string, RiskToolCategory> ReadShipped()
    {
        using var stream = typeof(RiskToolFile).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"The resource {ResourceName} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Read(reader);
    }

    /// <summary>Reads a table.</summary>
    /// <param name="reader">The text.</param>
    /// <returns>Names in lower case and their categories.</returns>
    /// <exception cref="InvalidDataException">A line is not of the format; the message names the line.</exception>
    internal static Dictionary<string, RiskToolCategory> Read(TextReader reader)
    {
        var tools = new Dictionary<string, RiskToolCategory>(StringComparer.Ordinal);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
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
