using System.Globalization;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>A table kept by hand: columns between tabs, comments behind '#', one of them "# date: yyyy-mm-dd".</summary>
/// <param name="Date">Date of the data.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TsvFile(DateOnly Date, IReadOnlyList<TsvRow> Rows)
{
    private const string DateMark = "# date: ";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Columns that each row must have.</param>
    /// <exception cref="InvalidDataException">A row is not of the form; the message names file and line.</exception>
    public static TsvFile Read(string path, int columns)
    {
        var rows = new List<TsvRow>();
        DateOnly? date = null;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.StartsWith(DateMark, StringComparison.Ordinal))
            {
                date = DateOnly.TryParseExact(line[DateMark.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
                    ? read
                    : throw new InvalidDataException($"{path}, line {number}: the date is not yyyy-mm-dd.");
            }

            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var row = new TsvRow(path, number, line.Split('\t'));
            rows.Add(row.Cells.Length == columns ? row : throw row.Fault($"{row.Cells.Length} columns, expected {columns}"));
        }

        return new TsvFile(date ?? throw new InvalidDataException($"{path} has no line '{DateMark}yyyy-mm-dd'."), rows);
    }
}

/// <summary>A row.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Cells">Its columns.</param>
internal sealed record TsvRow(string Path, int Line, string[] Cells)
{
    /// <summary>Says what is wrong with the row.</summary>
    public InvalidDataException Fault(string what) => new($"{Path}, line {Line}: {what}.");
}
