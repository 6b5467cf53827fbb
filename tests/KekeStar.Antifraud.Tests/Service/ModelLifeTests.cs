using System.Globalization;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The life of a model in a running service: shadow, promotion by a second person, rollback; and what is seen of it from outside.</summary>
[Collection(nameof(MetricsCollection))]
public sealed class ModelLifeTests : IDisposable
{
    private const string Lin = "dashboard:lin";
    private const string Wang = "dashboard:wang";
    private const int Points = 500;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-model-life-");
    private readonly string _hash;

    public ModelLifeTests()
    {
        // Sure of every login, which was one event in ten of the training.
        var login = new ModelTree { Inputs = [0], Thresholds = [0.5f], Left = [-1], Right = [-2], Values = [-2, 4], Counts = [900, 100] };
        var bytes = ModelWriter.Write(
            "logins",
            [new ModelInput(ModelInputs.Find("scene.login")!.Value, [0], [0.9, 0.1])],
            [.. Enumerable.Range(0, Risks.Count).Select(_ => new RiskModel(0.02, new CalibrationCurve([-2, 4], [0.01, 0.9]), [login]))],
            new Dictionary<string, string>(StringComparer.Ordinal));
        _hash = ModelLoader.HashOf(bytes);
        File.WriteAllBytes(Path.Combine(_folder.FullName, $"{_hash}.json"), bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_model_is_tried_in_the_shadow_promoted_by_a_second_person_and_rolled_back()
    {
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Policy:Path=", $"--Antifraud:Policy:Directory={Path.Combine(_folder.FullName, "policy")}", $"--Antifraud:Models:Directory={_folder.FullName}");
        var bench = host.Services.GetRequiredService<PolicyWorkbench>();

        // The shipped policy has the shipped model in the shadow.
        await ModelSaysNothingAsync(host);

        // In the shadow it adds nothing, and it is seen that its verdicts would be others.
        await PublishAsync(bench, "shadow_model");
        for (var events = 0; events < 2 * DriftWatch.Every; events++)
        {
            await ModelSaysNothingAsync(host);
        }

        var metrics = await MetricsAsync(host);
        Assert.Equal(2 * DriftWatch.Every, Sum(metrics, "antifraud_model_agreement_total", "verdict=\"Pass\"", "shadow_verdict=\"Challenge\""));
        Assert.Equal(1 + (2 * DriftWatch.Every), Sum(metrics, "antifraud_model_score_count", "role=\"shadow\""));
        Assert.Equal(0, Sum(metrics, "antifraud_model_score_count", "role=\"live\""));
        Assert.Equal(2, Sum(metrics, "antifraud_model_drift_samples"));
        Assert.Equal(DriftWatch.Index([0.9, 0.1], [0, 1]), Sum(metrics, "antifraud_model_drift{", "input=\"scene.login\""), 1e-9);

        // Live it adds what the formula says: 500 · (0.9 − 0.02) / 0.98, less where the rules know something already.
        await PublishAsync(bench, "model");
        var live = await LoginAsync(host);
        Assert.Equal(RulesOf(live) + (Points * (0.88 / 0.98) * (1 - (RulesOf(live) / 1_000))), live.Score, 0.5);
        Assert.Equal(live.Score, live.Reasons.Sum(static reason => reason.Contribution), 1e-6);
        Assert.Equal(Verdict.Challenge, live.Verdict);
        Assert.Equal(1, Sum(await MetricsAsync(host), "antifraud_model_score_count", "role=\"live\""));

        // Back to the version with the shadow, by one person; then to the policy before all versions.
        Assert.Equal(PolicyEdit.Done, (await bench.RollBackAsync(Lin, seen: 2, number: 1, "too many challenges")).Edit);
        await ModelSaysNothingAsync(host);
        Assert.Equal(PolicyEdit.Done, (await bench.RollBackAsync(Lin, seen: 3, number: 0, "no model at all")).Edit);
        await ModelSaysNothingAsync(host);
    }

    [Fact]
    public async Task A_draft_that_names_a_model_whose_file_is_not_there_cannot_be_proposed()
    {
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Policy:Path=", $"--Antifraud:Policy:Directory={Path.Combine(_folder.FullName, "policy")}", "--Antifraud:Models:Directory=");
        var bench = host.Services.GetRequiredService<PolicyWorkbench>();

        var draft = await BegunAsync(bench, "shadow_model");

        Assert.Equal(PolicyEdit.Invalid, (await bench.ProposeAsync(Lin, draft)).Edit);
    }

    private static async Task<ScoreReply> LoginAsync(ServiceHost host) =>
        await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount(), Scene.Login));

    // So many logins from one network are not quite nothing to the shipped rules.
    private static double RulesOf(ScoreReply reply) => reply.Reasons.Where(static reason => reason.Rule != "model").Sum(static reason => reason.Contribution);

    private static async Task ModelSaysNothingAsync(ServiceHost host)
    {
        var reply = await LoginAsync(host);
        Assert.DoesNotContain(reply.Reasons, static reason => reason.Rule == "model");
        Assert.Equal(Verdict.Pass, reply.Verdict);
    }

    // The exporter gives the same page again for 300 ms (its ScrapeResponseCacheDurationMilliseconds).
    private static async Task<string[]> MetricsAsync(ServiceHost host)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(400));
        return (await host.Web.GetStringAsync("/metrics")).Split('\n');
    }

    private static double Sum(string[] metrics, string name, params string[] labels) => metrics
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && Array.TrueForAll(labels, label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(static line => double.Parse(line.Split("} ")[^1].Split(' ')[0], CultureInfo.InvariantCulture));

    private async Task<PolicyDraft> BegunAsync(PolicyWorkbench bench, string role)
    {
        var draft = (await bench.BeginAsync(Lin, role)).Draft!;
        var document = JsonNode.Parse(draft.Text)!.AsObject();
        document.Remove("shadow_model");
        document[role] = new JsonObject { ["hash"] = _hash, ["points"] = Points };
        return (await bench.SaveAsync(Lin, draft, document.ToJsonString())).Draft!;
    }

    private async Task PublishAsync(PolicyWorkbench bench, string role)
    {
        var proposed = (await bench.ProposeAsync(Lin, await BegunAsync(bench, role))).Draft!;
        Assert.Equal(PolicyEdit.OwnWork, (await bench.ApproveAsync(Lin, proposed)).Edit);
        var approved = (await bench.ApproveAsync(Wang, proposed)).Draft!;
        Assert.Equal(PolicyEdit.Done, (await bench.PublishAsync(Lin, approved)).Edit);
    }
}
