using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Performance;

namespace KekeStar.Antifraud.Tests.Load.Performance;

public sealed class GoalTests
{
    private static readonly TableOptions Options = MeasuredRounds.Options;

    [Fact]
    public void A_ratio_is_the_median_of_the_rounds_own_ratios()
    {
        // The ratio of the medians would be 300 / 500.
        PerformanceResults results = MeasuredRounds.Of(Peak(echo: 1_000, embedded: 200), Peak(echo: 500, embedded: 450), Peak(echo: 400, embedded: 300));

        Assert.Equal(0.75, Measure("unary Score, embedded", results), 1e-12);
    }

    [Fact]
    public void A_ratio_is_taken_within_one_mode_of_writes()
    {
        PerformanceResults results = MeasuredRounds.Of(new Dictionary<MeasurementKey, double>
        {
            [Options.Peak(Subject.Echo, WriteMode.Single)] = 100,
            [Options.Peak(Subject.Embedded, WriteMode.Single)] = 50,
            [Options.Peak(Subject.Echo, WriteMode.Coalesced)] = 400,
            [Options.Peak(Subject.Embedded, WriteMode.Coalesced)] = 100,
        });

        Goal goal = Find("unary Score, embedded");

        Assert.Equal([0.5, 0.25], new[] { WriteMode.Single, WriteMode.Coalesced }.Select(mode => goal.Measure(results, Options, mode)));
    }

    [Fact]
    public void Garbage_counts_beyond_that_of_the_echo_and_latency_in_the_open_loop()
    {
        PerformanceResults results = MeasuredRounds.Of(new Dictionary<MeasurementKey, double>(Peak(echo: 1_800, embedded: 2_000))
        {
            [Options.Open(Subject.Echo, WriteMode.Single)] = 2,
            [Options.Open(Subject.Embedded, WriteMode.Single)] = 3,
        });

        Assert.Equal(200, Measure("garbage", results));
        Assert.Equal(1.5, Measure("p99", results));
    }

    [Fact]
    public void The_better_of_stream_and_batch_counts()
    {
        Dictionary<MeasurementKey, double> round = Peak(echo: 100, embedded: 50);
        round[Options.Peak(Subject.Stream, WriteMode.Single)] = 90;
        Assert.Equal(0.9, Measure("stream or batch", MeasuredRounds.Of(round)));

        round[Options.Peak(Subject.Batch, WriteMode.Single)] = 150;
        Assert.Equal(1.5, Measure("stream or batch", MeasuredRounds.Of(round)));
    }

    [Fact]
    public void What_was_not_measured_is_neither_met_nor_missed()
    {
        PerformanceResults results = MeasuredRounds.Of(Peak(echo: 100, embedded: 50));

        Assert.Null(Find("service ÷").IsMet(Measure("service ÷", results)));
        Assert.Null(Find("p99").IsMet(Measure("p99", results)));
    }

    [Theory]
    [InlineData("unary Score, embedded", 0.59, false)]
    [InlineData("unary Score, embedded", 0.6, true)]
    [InlineData("garbage", 256, true)]
    [InlineData("garbage", 257, false)]
    public void A_bound_is_kept_from_its_own_side(string goal, double figure, bool met) => Assert.Equal(met, Find(goal).IsMet(figure));

    private static Dictionary<MeasurementKey, double> Peak(double echo, double embedded) => new()
    {
        [Options.Peak(Subject.Echo, WriteMode.Single)] = echo,
        [Options.Peak(Subject.Embedded, WriteMode.Single)] = embedded,
    };

    private static Goal Find(string name) => Goal.All.Single(goal => goal.Name.StartsWith(name, StringComparison.Ordinal));

    private static double Measure(string name, PerformanceResults results) => Find(name).Measure(results, Options, WriteMode.Single);
}
