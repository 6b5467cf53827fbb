namespace KekeStar.Antifraud.Rights;

/// <summary>What a right that was not carried out whole has left to do, as the audit log says it (detail <c>left</c>). Calling again does all of it.</summary>
internal static class RightsLeft
{
    /// <summary>All of it: nothing was done but, at most, a marker set.</summary>
    public const string All = "all";

    /// <summary>Records of the decision archive or of window logs, and what comes after them: list entries and markers.</summary>
    public const string Records = "records";

    /// <summary>List entries and markers; the records are gone.</summary>
    public const string Lists = "lists";
}
