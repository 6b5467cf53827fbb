namespace KekeStar.Antifraud.Load.Reporting;

/// <summary>A part of a report: a table with what is to be known about it, and a plot where a table is hard to read.</summary>
internal sealed record ReportSection
{
    /// <summary>Gets its name in JSON and in the plot's file: lower case letters, digits and hyphens; the report's alone.</summary>
    public required string Key { get; init; }

    /// <summary>Gets its heading.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what was measured and how, in a few sentences; empty: nothing is to be said.</summary>
    public string Intro { get; init; } = "";

    /// <summary>Gets the columns; none: there is no table.</summary>
    public IReadOnlyList<ReportColumn> Columns { get; init; } = [];

    /// <summary>Gets the rows, each with a cell for each column.</summary>
    public IReadOnlyList<IReadOnlyList<ReportCell>> Rows { get; init; } = [];

    /// <summary>Gets what is to be said below the table, a sentence or two each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets the plot; null: there is none.</summary>
    public Plot? Plot { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Key">Name in JSON, camelCase.</param>
/// <param name="Heading">Heading in the table, with the unit.</param>
internal sealed record ReportColumn(string Key, string Heading);
