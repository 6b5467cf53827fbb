using CsCheck;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>The roll-ups against counting the same decisions in memory; before and after merging.</summary>
public sealed class OverviewTests
{
    private static readonly TimeSpan Range = TimeSpan.FromHours(3);

    [Fact]
    public void The_overview_counts_what_was_decided() => Gen.Select(Decisions.Many(1, 80), Gen.Int[0, 180], Gen.Int[1, 180], Gen.Bool).Sample(
        static (made, from, length, merges) => CheckAsync(made, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(from + length), merges).GetAwaiter().GetResult(),
        iter: 20,
        threads: 1);

    private static async Task CheckAsync(MadeDecision[] made, TimeSpan from, TimeSpan to, bool merges)
    {
        await using var archive = new ArchiveUnderTest();
        foreach (var part in made.Chunk(17))
        {
            archive.Write(part);
        }

        if (merges)
        {
            archive.Clock.SetUtcNow(ArchiveUnderTest.Start + Range + TimeSpan.FromHours(2));
            archive.Writer.KeepUp();
        }

        MadeDecision[] within = [.. made.Where(decision => decision.At >= from && decision.At < to)];
        var overview = (await archive.Archive.OverviewAsync(ArchiveUnderTest.Start + from, ArchiveUnderTest.Start + to, CancellationToken.None)).Value;

        Assert.Equal(within.Length, overview.Total);
        Assert.Equal(within.Count(static decision => decision.Store != StoreStatus.Ok), overview.Degraded);
        Assert.Equal(
            Expected(within.GroupBy(decision => $"{ArchiveUnderTest.Start + Cut(decision.At, overview.Step):O} {ArchiveUnderTest.Row(decision).Verdict}", StringComparer.Ordinal)),
            overview.Points.Select(static point => $"{point.Time:O} {point.Verdict}: {point.Count}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(
            Expected(within.Select(ArchiveUnderTest.Row).GroupBy(static row => $"{row.Scene} {row.Verdict}", StringComparer.Ordinal)),
            overview.Scenes.Select(static scene => $"{scene.Scene} {scene.Verdict}: {scene.Count}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(
            Expected(within.Select(ArchiveUnderTest.Row).SelectMany(static row => row.Labels).GroupBy(static label => label, StringComparer.Ordinal)),
            overview.Labels.Select(static label => $"{label.Name}: {label.Count}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(
            Expected(within.Select(ArchiveUnderTest.Row).SelectMany(static row => row.Rules).GroupBy(static rule => rule, StringComparer.Ordinal)),
            overview.Rules.Select(static rule => $"{rule.Name}: {rule.Count}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 11).Select(bucket => (long)within.Count(decision => ArchiveUnderTest.ScoreOf(decision) / 100 == bucket)), overview.Scores);
        Assert.Equal(within.Select(ArchiveUnderTest.ScoreOf).DefaultIfEmpty().Average(), overview.MeanScore, precision: 9);
        CheckPeople(within, overview);
        Assert.Equal(
            within.Select(decision => ArchiveUnderTest.Start + Cut(decision.At, overview.Step)).Distinct().Order(), overview.Latencies.Select(static latency => latency.Time));
        foreach (var latency in overview.Latencies)
        {
            MadeDecision[] ofStep = [.. within.Where(decision => ArchiveUnderTest.Start + Cut(decision.At, overview.Step) == latency.Time)];
            CheckPercentile(ofStep, 0.5, latency.Median);
            CheckPercentile(ofStep, 0.99, latency.Percentile99);
        }

        CheckPercentile(within, 0.5, overview.Median);
        CheckPercentile(within, 0.99, overview.Percentile99);
        await CheckHitsAsync(archive, within, from, to);
    }

    // Never more than there are; where the last five bits of those that are there differ, all of them.
    private static void CheckPeople(MadeDecision[] within, Overview overview)
    {
        foreach (var scene in overview.Scenes)
        {
            long[] people =
            [
                .. within.Where(decision => ArchiveUnderTest.Row(decision) is var row && row.Scene == scene.Scene && row.Verdict == scene.Verdict)
                    .Select(static decision => decision.Account != 0 ? decision.Account : decision.Device != 0 ? decision.Device : decision.Ip)
                    .Where(static person => person != 0)
                    .Distinct(),
            ];
            Assert.Equal(people.Select(static person => person & 31).Distinct().Count(), scene.People);
            Assert.InRange(scene.People, 0, people.Length);
        }
    }

    private static async Task CheckHitsAsync(ArchiveUnderTest archive, MadeDecision[] within, TimeSpan from, TimeSpan to)
    {
        var hits = (await archive.Archive.RuleHitsAsync(ArchiveUnderTest.Start + from, ArchiveUnderTest.Start + to, CancellationToken.None)).Value;
        var expected = Enumerable.Range(0, ArchiveUnderTest.Rules.Length)
            .Select(rule => (Rule: rule, Fired: within.Where(decision => (decision.Rules & (1 << rule)) != 0).ToArray()))
            .Where(static rule => rule.Fired.Length > 0)
            .Select(static rule => new RuleHit(
                ArchiveUnderTest.Rules[rule.Rule],
                rule.Rule == ArchiveUnderTest.RuleCount,
                rule.Fired.Length,
                rule.Rule == ArchiveUnderTest.RuleCount ? 0 : rule.Fired.Count(static decision => decision.Verdict == Verdict.Reject),
                ArchiveUnderTest.Start + Cut(rule.Fired.Max(static decision => decision.At), TimeSpan.FromMinutes(1))));

        Assert.Equal(expected.OrderBy(static hit => hit.Rule, StringComparer.Ordinal), hits.OrderBy(static hit => hit.Rule, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Expected<T>(IEnumerable<IGrouping<string, T>> groups) =>
        groups.Select(static group => $"{group.Key}: {group.Count()}").Order(StringComparer.Ordinal);

    private static TimeSpan Cut(TimeSpan time, TimeSpan step) => new(time.Ticks / step.Ticks * step.Ticks);

    // At least the true value, and at most a fifth above it.
    private static void CheckPercentile(MadeDecision[] made, double share, TimeSpan found)
    {
        var durations = made.Select(static decision => Math.Max(1, decision.DurationMicroseconds)).Order().ToArray();
        var expected = durations.Length == 0 ? 0 : durations[(int)Math.Ceiling(durations.Length * share) - 1];
        Assert.InRange(found.TotalMicroseconds, expected * 0.999, (expected * 1.2) + 0.1);
    }
}
