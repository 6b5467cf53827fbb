using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Dashboard.Decisions;

/// <summary>Decisions that went through the whole service, decided again from what the archive kept of them.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-replay-");
    private ServiceHost _host = null!;

    private DecisionArchive Archive => _host.Services.GetRequiredService<DecisionArchive>();

    public async Task InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(GangTraffic.Settings(_folder.FullName));
        await GangTraffic.SendAsync(_host.Client, Archive);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Under_the_same_policy_every_decision_comes_out_as_it_was()
    {
        var policy = _host.Services.GetRequiredService<PolicySource>().Current;
        var rows = await GangTraffic.NewestAsync(Archive);
        foreach (var row in rows)
        {
            var replay = Replay.Of(await DetailAsync(row), policy)!;

            Assert.True(replay.IsSamePolicy);
            Assert.Equal(0, replay.GoneFeatures);
            Assert.Equal(
                (row.Score, row.Verdict, row.Challenge ?? "unspecified"),
                (replay.Score, Word(replay.Verdict), Word(replay.Challenge)));
            Assert.Equal(row.Rules.Order(StringComparer.Ordinal), replay.Rules.Select(static rule => rule.Rule).Order(StringComparer.Ordinal));
            Assert.All(replay.Rules, static rule => Assert.Equal(rule.Then, rule.Now));
            Assert.Equal(row.ShadowRules, replay.ShadowRules);
        }

        // Of both kinds there are some, or this says little.
        Assert.Contains(rows, static row => row.Rules.Count > 1);
        Assert.Contains(rows, static row => row.Rules.Count == 0);
    }

    [Fact]
    public async Task Another_policy_is_shown_beside_the_one_that_decided()
    {
        var rows = await GangTraffic.NewestAsync(Archive);
        var worst = rows.MaxBy(static row => row.Score)!;
        var policy = TestPolicies.Load(TestPolicies.With(TestPolicies.Rule("many_registrations", "device.registrations_1h >= 3", 900, scene: "REGISTER")));

        var replay = Replay.Of(await DetailAsync(worst), policy)!;

        Assert.False(replay.IsSamePolicy);
        Assert.Equal(policy.CapOf(KekeStar.Antifraud.Features.SharedSignal.Device), replay.Score);
        var added = replay.Rules.Single(static rule => rule.Rule == "many_registrations");
        Assert.Equal((null, replay.Score, true), (added.Then, (int)added.Now!.Value, added.IsChanged));
        Assert.All(replay.Rules.Where(static rule => rule.Rule != "many_registrations"), static rule => Assert.Null(rule.Now));
    }

    [Fact]
    public async Task What_a_list_said_then_holds_in_the_replay()
    {
        var detail = await DetailAsync((await GangTraffic.NewestAsync(Archive))[0]);
        var policy = _host.Services.GetRequiredService<PolicySource>().Current;

        Assert.Equal(Verdict.Reject, Replay.Of(detail with { Row = detail.Row with { List = "deny" } }, policy)!.Verdict);
        Assert.Equal(Verdict.Pass, Replay.Of(detail with { Row = detail.Row with { List = "allow" } }, policy)!.Verdict);
    }

    [Fact]
    public async Task Features_of_another_build_are_counted_and_without_features_there_is_no_replay()
    {
        var detail = await DetailAsync((await GangTraffic.NewestAsync(Archive))[0]);
        var policy = _host.Services.GetRequiredService<PolicySource>().Current;

        Assert.Equal(1, Replay.Of(detail with { Features = [.. detail.Features, new DecisionFeature("no.such_feature", 1, AtLeast: false)] }, policy)!.GoneFeatures);
        Assert.Null(Replay.Of(detail with { Features = [] }, policy));
    }

    private static string Word<T>(T member)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());

    private async Task<DecisionDetail> DetailAsync(DecisionRow row) => (await Archive.GetAsync([row.Decision], row.Time, CancellationToken.None)).Value!;
}
