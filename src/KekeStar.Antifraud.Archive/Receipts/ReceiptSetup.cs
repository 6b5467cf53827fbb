using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>Which receipts are derived again.</summary>
internal sealed record ReceiptSetup
{
    /// <summary>Folders of the archives.</summary>
    public required IReadOnlyList<string> Archives { get; init; }

    /// <summary>The policies at hand.</summary>
    public required KnownPolicies Policies { get; init; }

    /// <summary>The first moment; null: the archive's.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The moment behind the last; null: the archive's end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Most decisions, the earliest. Default: all.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Told now and then how many were read.</summary>
    public Action<long> Progress { get; init; } = static _ => { };
}
