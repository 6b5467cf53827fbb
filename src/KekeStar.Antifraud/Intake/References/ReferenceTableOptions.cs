namespace KekeStar.Antifraud.Intake.References;

/// <summary>Where the reference tables come from.</summary>
public sealed class ReferenceTableOptions
{
    /// <summary>
    /// Folder whose files replace the tables that ship with the library, each the one of its name (<c>antifraud tables build</c>
    /// writes them; docs/reference-tables.md). Default: empty, the shipped tables, which never change.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// How often the folder is looked at for changed files, 100 ms to 1 hour. Default: 10 s, as tables change by the month;
    /// only names, lengths and times are looked at until one of them changes.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);
}
