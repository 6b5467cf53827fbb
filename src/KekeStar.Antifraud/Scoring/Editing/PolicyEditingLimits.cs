namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>The bounds of policy editing, each with its reason. The size of a policy: <see cref="PolicyLimits.MaxFileBytes"/>.</summary>
internal static class PolicyEditingLimits
{
    /// <summary>Most drafts at a time: 50; a team that has more has forgotten some.</summary>
    public const int MaxDrafts = 50;

    /// <summary>Longest comment or title of a draft in characters: 500, a paragraph.</summary>
    public const int MaxCommentLength = 500;

    /// <summary>Most versions: 99,999, ten a day for 27 years; their names have five digits.</summary>
    public const int MaxVersions = 99_999;

    /// <summary>Most versions that stay in memory once read: 40, two pages of them; 2 MB of policies like the shipped one.</summary>
    public const int MaxKeptVersions = 40;

    /// <summary>
    /// Largest file of a version or draft, bytes: 8 MiB; a policy as a JSON text takes at most six bytes for each of its own.
    /// </summary>
    public const int MaxFileBytes = 8 * 1024 * 1024;

    /// <summary>How long a change waits for one that another instance is making: 2 s.</summary>
    public static readonly TimeSpan LockWait = TimeSpan.FromSeconds(2);
}
