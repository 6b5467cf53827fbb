using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.DryRuns;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>Dry runs: what a changed policy would have said of what was decided.</summary>
public sealed class DryRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-dry-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_dry_run_finds_what_the_service_says_to_the_same_events_under_that_policy()
    {
        var traffic = Traffic().ToList();
        var changed = Path.Combine(_folder.FullName, "changed.json");
        File.WriteAllText(changed, ProbePolicy.Text(
            "changed", ProbePolicy.Rule("vendor_likely", "vendor.score >= 400", 260), ProbePolicy.Rule("device_shared", "device.accounts_1h >= 3", 430)));
        var before = await ScoreAsync(traffic, $"--Antifraud:Policy:Path={ProbePolicy.File}", archive => RunAsync(archive, changed));
        var after = await ScoreAsync(traffic, $"--Antifraud:Policy:Path={changed}", static _ => Task.FromResult<DryRunReport>(null!));
        var report = before.Report;

        Assert.Equal((DryRunState.Done, traffic.Count, 0, 0), (report.State, report.Decisions, report.WithoutFeatures, report.UnderOtherPolicies));
        var pairs = traffic.Zip(before.Replies, after.Replies).ToList();
        Assert.Equal(
            pairs.GroupBy(static pair => (pair.First.Scene, Then: pair.Second.Verdict, Now: pair.Third.Verdict))
                .Select(static group => new VerdictChange(group.Key.Scene, group.Key.Then, group.Key.Now, group.Count()))
                .OrderBy(static change => (change.Scene, change.Then, change.Now)),
            report.Changes);
        Assert.True(report.Changed > 10, "The changed policy must change something, or this shows nothing.");
        Assert.Equal(pairs.Count(static pair => pair.Second.Verdict != pair.Third.Verdict), report.Changed);
        Assert.All(report.Rules, rule => Assert.Equal((Hits(before.Replies, rule.Rule), Hits(after.Replies, rule.Rule)), (rule.Then, rule.Now)));
        Assert.Contains(report.Rules, static rule => rule is { Rule: "device_shared", Then: 0, Now: > 0 });
        Assert.NotEmpty(report.Examples);
        Assert.All(report.Examples, example => Assert.Contains(
            pairs, pair => pair.Second.Score == example.ScoreThen && pair.Third.Score == example.ScoreNow && pair.Second.Verdict == example.Then && pair.Third.Verdict == example.Now));
    }

    [Fact]
    public async Task A_dry_run_looks_at_no_more_than_it_was_asked_to_and_goes_page_by_page()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(Enumerable.Range(1, ArchiveLimits.DryRunPageRows + 700).Select(static number => new MadeDecision
        {
            Decision = number,
            At = TimeSpan.FromMilliseconds(number),
            Verdict = Verdict.Review,
        }));
        var policy = TestPolicies.Load(TestPolicies.Document());

        using var some = DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start.AddHours(1), most: 300);
        await some.Completion;
        using var most = DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start.AddHours(1), ArchiveLimits.DryRunPageRows + 500);
        await most.Completion;
        using var all = DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start.AddHours(1), ArchiveLimits.MaxDryRunRows);
        await all.Completion;

        Assert.Equal(
            [300, ArchiveLimits.DryRunPageRows + 500, ArchiveLimits.DryRunPageRows + 700],
            new[] { some, most, all }.Select(static run => run.Report.Decisions));
        Assert.Equal(1, all.Progress);
        Assert.Equal(all.Report.Decisions, all.Report.UnderOtherPolicies);
        Assert.Equal(ArchiveUnderTest.Start.AddMilliseconds(1), all.Report.Oldest);
        Assert.Equal(ArchiveLimits.DryRunExamples, all.Report.Examples.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start, ArchiveLimits.MaxDryRunRows + 1));
    }

    [Fact]
    public async Task Shadow_rules_are_counted_by_themselves()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1, Rules = 0b1000, Labels = 0b001 }, new MadeDecision { Decision = 2, Rules = 0b0001 });
        var shadow = TestPolicies.Rule("has_root", "software.root && device.android", 10);
        shadow["when"] = "software.root";
        shadow["shadow"] = true;
        var policy = TestPolicies.Load(TestPolicies.With(shadow));

        using var run = DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start.AddHours(1), 10);
        await run.Completion;

        Assert.Equal(
            [new RuleChange("has_root", 0, 0, 0, 1), new RuleChange("rule_a", 1, 0, 0, 0), new RuleChange("rule_shadow", 0, 0, 1, 0)],
            run.Report.Rules.OrderBy(static rule => rule.Rule, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Decisions_whose_features_were_erased_are_counted_and_left_out()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(new MadeDecision { Decision = 1, Account = 7 }, new MadeDecision { Decision = 2, Account = 8 });
        var asked = archive.Queue.AskAsync(new KekeStar.Antifraud.Telemetry.Records.RecordErasure
        {
            Account = 7,
            Withdrawn = new KekeStar.Antifraud.Telemetry.Records.WithdrawnDetails(Device: true, Bssid: true, Cohort: true, []),
        });
        archive.Writer.KeepUp();
        await asked;
        var policy = TestPolicies.Load(TestPolicies.Document());

        using var run = DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start.AddHours(1), 10);
        await run.Completion;

        Assert.Equal((1, 1), (run.Report.Decisions, run.Report.WithoutFeatures));
    }

    [Fact]
    public async Task A_dry_run_that_was_cancelled_keeps_what_it_found_and_says_so()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(Enumerable.Range(1, 3 * ArchiveLimits.DryRunPageRows).Select(static number => new MadeDecision { Decision = number, At = TimeSpan.FromMilliseconds(number) }));
        var policy = TestPolicies.Load(TestPolicies.Document());

        using var run = DryRun.Start(archive.Archive, policy, policy, ArchiveUnderTest.Start.AddHours(1), ArchiveLimits.MaxDryRunRows);
        run.Cancel();
        await run.Completion;

        Assert.Equal(DryRunState.Cancelled, run.Report.State);
        Assert.True(run.Report.Decisions < 3 * ArchiveLimits.DryRunPageRows);
    }

    private static int Hits(IEnumerable<ScoreReply> replies, string rule) => replies.Count(reply => reply.Reasons.Any(reason => reason.Rule == rule));

    private static async Task<DryRunReport> RunAsync(DecisionArchive archive, string file)
    {
        var policy = KekeStar.Antifraud.Scoring.Loading.PolicyLoader.Load(await File.ReadAllBytesAsync(file)).Policy!;
        var inForce = KekeStar.Antifraud.Scoring.Loading.PolicyLoader.Load(await File.ReadAllBytesAsync(ProbePolicy.File)).Policy!;
        using var run = DryRun.Start(archive, policy, inForce, DateTimeOffset.UtcNow.AddMinutes(1), ArchiveLimits.MaxDryRunRows);
        await run.Completion;
        return run.Report;
    }

    // Devices that several accounts share, every scene, vendors' scores low and high, failed captchas.
    private static IEnumerable<ScoreRequest> Traffic()
    {
        var random = new Random(11);
        var devices = Enumerable.Range(0, 12).Select(static _ => Requests.NewDevice()).ToArray();
        for (var i = 0; i < 160; i++)
        {
            var request = Requests.Event(devices[random.Next(devices.Length)], Requests.NewAccount(), (Scene)(1 + random.Next(8)));
            request.ThirdParty = new ThirdPartyResults { VendorScore = (uint)random.Next(1_000) };
            yield return request;
        }
    }

    private async Task<(List<ScoreReply> Replies, DryRunReport Report)> ScoreAsync(
        List<ScoreRequest> traffic, string policy, Func<DecisionArchive, Task<DryRunReport>> then)
    {
        await using var host = await ServiceHost.StartAsync(
            policy, $"--Antifraud:Archive:Directory={Path.Combine(_folder.FullName, Path.GetRandomFileName())}");
        var replies = new List<ScoreReply>();
        foreach (var request in traffic)
        {
            replies.Add(await host.Client.ScoreAsync(request));
        }

        Assert.True(host.Services.GetServices<IHostedService>().OfType<ArchiveWriter>().Single().Flush());
        return (replies, await then(host.Services.GetRequiredService<DecisionArchive>()));
    }
}
