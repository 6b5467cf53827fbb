namespace KekeStar.Antifraud.Intake.References;

/// <summary>What came of changed files in the tables' folder.</summary>
/// <param name="result">How it ended.</param>
/// <param name="current">The tables in force afterwards.</param>
internal sealed class ReferenceTableReload(ReferenceTableReloadResult result, ReferenceTables current) : EventArgs
{
    /// <summary>How it ended.</summary>
    public ReferenceTableReloadResult Result { get; } = result;

    /// <summary>The tables in force afterwards.</summary>
    public ReferenceTables Current { get; } = current;
}

/// <summary>How a reload ended.</summary>
internal enum ReferenceTableReloadResult
{
    /// <summary>The folder's tables are in force.</summary>
    Applied,

    /// <summary>A file is no sound table; the old tables stay in force, all of them.</summary>
    Rejected,

    /// <summary>The folder or a file cannot be read; the old tables stay in force.</summary>
    Unreadable,
}
