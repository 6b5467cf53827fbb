namespace KekeStar.Antifraud.Tests.Intake.Identifiers.Vectors;

/// <summary>Reads the tables of this folder; README.md describes them.</summary>
internal static class VectorTable
{
    private const string Folder = "tests/KekeStar.Antifraud.Tests/Intake/Identifiers/Vectors";
    private const string Disagreements = "disagreements.tsv";
    private const string Clauses = "clauses.tsv";

    /// <summary>The files of vectors.</summary>
    internal static IEnumerable<string> Files() => Directory.EnumerateFiles(RepositoryFiles.PathOf(Folder), "*.tsv")
        .Where(static file => Path.GetFileName(file) is not (Disagreements or Clauses))
        .Order(StringComparer.Ordinal);

    /// <summary>The disagreements that are meant, and why: kind and value and the source's verdict → our status and a clause.</summary>
    internal static Dictionary<(string Kind, bool IsValid, string Value), (string Status, string Clause)> ReadDisagreements() =>
        Read(Path.Combine(RepositoryFiles.PathOf(Folder), Disagreements)).ToDictionary(
            static columns => (columns[0], columns[1] == "valid", Unquote(columns[2])),
            static columns => (columns[3], columns[4]));

    /// <summary>The clauses by name.</summary>
    internal static Dictionary<string, string> ReadClauses() =>
        Read(Path.Combine(RepositoryFiles.PathOf(Folder), Clauses)).ToDictionary(static columns => columns[0], static columns => columns[1], StringComparer.Ordinal);

    /// <summary>The lines of a file that are no notes, by column.</summary>
    internal static IEnumerable<string[]> Read(string file) =>
        File.ReadLines(file).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split('\t'));

    /// <summary>A value without the quotes that keep its blanks visible.</summary>
    internal static string Unquote(string column)
    {
        Assert.True(column.Length >= 2 && column[0] == '"' && column[^1] == '"', column);
        return column[1..^1];
    }
}
