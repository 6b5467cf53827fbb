namespace KekeStar.Antifraud.Scoring;

/// <summary>The bounds of a policy file, each with its reason.</summary>
internal static class PolicyLimits
{
    /// <summary>Largest file: 1 MiB, ten times what a thousand short rules need, read whole at every poll.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Most rules: 1,000, so that an event's evaluation stays far below a millisecond.</summary>
    public const int MaxRules = 1_000;

    /// <summary>Longest expression in characters: 1,000; what is longer nobody reviews.</summary>
    public const int MaxExpressionLength = 1_000;

    /// <summary>Deepest nesting of parentheses in an expression: 32, so that its parser's recursion is bounded.</summary>
    public const int MaxNesting = 32;

    /// <summary>Largest score, and largest weight either way: 1000, as the contract says.</summary>
    public const int MaxScore = 1_000;

    /// <summary>Longest rule id, label and version in characters: 64.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Longest reason in characters: 200, one line on a reviewer's screen.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Longest step-up exemption in minutes: 1,440, one day.</summary>
    public const int MaxExemptionMinutes = 1_440;

    /// <summary>Widest jitter of thresholds: 50 points, which moves them by 100, the tenth of the scale; beyond, chance decides rather than the policy.</summary>
    public const int MaxJitterWidth = 50;

    /// <summary>
    /// How soon a policy that was refused is tried again although it is the same: after 10 s, with the next look. It costs reading it and the models
    /// that it names, some 100 ms at their largest.
    /// </summary>
    public static readonly TimeSpan RefusalRetry = TimeSpan.FromSeconds(10);
}
