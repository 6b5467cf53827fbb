using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>What the overview shows, against events that were scored for it.</summary>
public sealed class LiveDecisionsTests
{
    [Fact]
    public async Task Every_decision_of_this_service_is_counted_and_none_of_another()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        await using var other = await ServiceHost.StartAsync();
        var live = dashboard.Services.GetRequiredService<LiveDecisions>();
        var expected = new Dictionary<(Scene, Verdict), long>();
        for (var i = 0; i < 12; i++)
        {
            var scene = i % 3 == 0 ? Scene.Register : Scene.Login;
            var reply = await dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount(), scene));
            expected[(scene, reply.Verdict)] = expected.GetValueOrDefault((scene, reply.Verdict)) + 1;
            await other.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        }

        live.End();
        var sum = live.Sum(TimeSpan.FromMinutes(1));
        Assert.Equal(12, sum.Decisions);
        Assert.All(expected, entry => Assert.Equal(entry.Value, sum.Of(entry.Key.Item1, entry.Key.Item2)));
        Assert.Equal(12, sum.Scores.ToArray().Sum());
        Assert.Equal(12, sum.Latencies.ToArray().Sum());
        Assert.Equal(4, sum.Of(Scene.Register));
    }

    [Fact]
    public void Only_the_last_intervals_are_kept_and_each_holds_its_own()
    {
        var time = new FakeTimeProvider();
        using var meters = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = meters.GetRequiredService<IMeterFactory>();
        using var live = new LiveDecisions(new ServiceMeters(factory), time);
        live.Start();
        var decisions = factory.Create(Telemetry.DecisionMetrics.MeterName).CreateCounter<long>("antifraud.decisions");
        for (var i = 0; i < LiveDecisions.Kept + 3; i++)
        {
            decisions.Add(i, new KeyValuePair<string, object?>("scene", "Login"), new KeyValuePair<string, object?>("verdict", "Reject"));
            time.Advance(LiveDecisions.Interval);
        }

        Assert.Equal(LiveDecisions.Kept, live.Intervals.Count);
        Assert.Equal(Enumerable.Range(3, LiveDecisions.Kept).Select(static i => (long)i), live.Intervals.Select(static interval => interval.Counts.Of(Verdict.Reject)));
        Assert.All(live.Intervals, static interval => Assert.Equal(LiveDecisions.Interval.TotalSeconds, interval.Length));
        Assert.Equal(LiveDecisions.Kept + 2, live.Sum(LiveDecisions.Interval).Of(Verdict.Reject));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var time = new FakeTimeProvider();
        using var meters = new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = meters.GetRequiredService<IMeterFactory>();
        using var live = new LiveDecisions(new ServiceMeters(factory), time);
        live.Start();
        var meter = factory.Create(Telemetry.DecisionMetrics.MeterName);
        var decisions = meter.CreateCounter<long>("antifraud.decisions");
        var duration = meter.CreateHistogram<double>("antifraud.decision.duration");
        var score = meter.CreateHistogram<int>("antifraud.decision.score");
        var scene = new KeyValuePair<string, object?>("scene", "Login");
        var verdict = new KeyValuePair<string, object?>("verdict", "Pass");
        var allocated = long.MaxValue;
        for (var round = 0; round < 20 && allocated > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                decisions.Add(1, scene, verdict);
                duration.Record(0.000_123);
                score.Record(i, scene);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
