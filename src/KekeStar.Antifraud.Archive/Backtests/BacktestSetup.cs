using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>What a backtest is asked.</summary>
internal sealed record BacktestSetup
{
    /// <summary>Folders of the archives: one for each instance of the service that shared the windows.</summary>
    public required IReadOnlyList<string> Archives { get; init; }

    /// <summary>The first moment of the range; null: the archive's.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The moment behind the last; null: the archive's end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How much in front of the range is replayed to fill the windows, 0 to <see cref="BacktestLimits.MaxWarmUpDays"/> days.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromDays(BacktestLimits.DefaultWarmUpDays);

    /// <summary>The policies at hand.</summary>
    public required KnownPolicies Policies { get; init; }

    /// <summary>The policy to try; null: each decision's own.</summary>
    public Policy? Tried { get; init; }

    /// <summary>A Parquet file of labels; null: none.</summary>
    public string? Labels { get; init; }

    /// <summary>A file of people's marks; null: those beside the archives, where there are some.</summary>
    public string? Feedback { get; init; }

    /// <summary>Told now and then of the share of the time that is replayed, 0 … 1, and of rows read.</summary>
    public Action<double, long> Progress { get; init; } = static (_, _) => { };
}
