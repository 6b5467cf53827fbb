using KekeStar.Antifraud.Archive.Backtests;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Archive.Backtests;

/// <summary>The backtest over what the service's own hot path recorded.</summary>
public sealed class BacktestTests
{
    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(2, 800)]
    public async Task What_was_recorded_from_empty_windows_on_is_decided_again_as_it_was(int seed, int events)
    {
        await using var traffic = new RecordedTraffic(seed);
        await traffic.RunAsync(events);

        var report = await Backtest.RunAsync(Setup(traffic), CancellationToken.None);

        Assert.Empty(report.Agreement.Examples.Select(static example => string.Join("; ", example.Features)));
        Assert.Empty(report.Agreement.Features);
        Assert.Equal(report.Rows.Decisions, report.Agreement.EqualFeatures);
        Assert.True(report.Agreement.IsComplete);
        Assert.Equal(report.Rows.Decisions, report.Agreement.EqualScores);
        Assert.Equal(traffic.Reports, report.Rows.Outcomes);
        Assert.Equal(0, report.Changed);
    }

    private static BacktestSetup Setup(RecordedTraffic traffic) => new()
    {
        Archives = [traffic.Archive.Folder],
        Policies = new BacktestPolicies(),
    };
}
