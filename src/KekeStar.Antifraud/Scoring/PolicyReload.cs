namespace KekeStar.Antifraud.Scoring;

/// <summary>What came of a changed policy file.</summary>
/// <param name="result">How it ended.</param>
/// <param name="current">The policy in force afterwards.</param>
/// <param name="errors">Why the file was not taken; empty if it was.</param>
internal sealed class PolicyReload(PolicyReloadResult result, Policy current, IReadOnlyList<PolicyError> errors) : EventArgs
{
    /// <summary>How it ended.</summary>
    public PolicyReloadResult Result { get; } = result;

    /// <summary>The policy in force afterwards.</summary>
    public Policy Current { get; } = current;

    /// <summary>Why the file was not taken; empty if it was.</summary>
    public IReadOnlyList<PolicyError> Errors { get; } = errors;
}

/// <summary>How a reload ended.</summary>
internal enum PolicyReloadResult
{
    /// <summary>The file's policy is in force.</summary>
    Applied,

    /// <summary>The file has errors; the old policy stays in force, whole.</summary>
    Rejected,

    /// <summary>The file cannot be read; the old policy stays in force.</summary>
    Unreadable,
}
