using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

public sealed class ModelReferenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ModelLibrary _library;
    private readonly string _hash;

    public ModelReferenceTests()
    {
        _library = new ModelLibrary(new ModelOptions { Directory = _folder.FullName });
        var bytes = TestModels.Write(4);
        _hash = ModelLoader.HashOf(bytes);
        File.WriteAllBytes(_library.PathOf(_hash), bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_policy_names_a_model_and_a_shadow_model_by_hash()
    {
        var document = TestPolicies.Document();
        document["model"] = Reference(_hash, 300);
        document["shadow_model"] = Reference(_hash, 200);

        var policy = Read(document).Policy!;

        Assert.Equal((_hash, 300), (policy.Model!.Model.Hash, policy.Model.Points));
        Assert.Equal((_hash, 200), (policy.Shadow!.Model.Hash, policy.Shadow.Points));
        Assert.Same(policy.Model.Model, policy.Shadow.Model);
    }

    [Fact]
    public void A_policy_without_a_model_is_as_before()
    {
        var outcome = new RuleOutcome();
        var document = TestPolicies.With(TestPolicies.Rule("a", "captcha.failed", 100));
        document.Remove("shadow_model");
        var policy = Read(document).Policy!;
        policy.Evaluate(Scene.Login, new AntifraudVector().With("captcha.failed", 1).Vector, outcome);

        Assert.Null(policy.Model);
        Assert.Equal((100, 0, -1), (outcome.Score, outcome.Models.Contribution, outcome.Models.ShadowScore));
        Assert.All(outcome.Models.Probabilities.ToArray(), static probability => Assert.True(double.IsNaN(probability)));
    }

    [Theory]
    [InlineData("""{"points": 100}""", "model.hash", "nothing")]
    [InlineData("""{"hash": "HASH"}""", "model.points", "nothing")]
    [InlineData("""{"hash": "HASH", "points": 0}""", "model.points", "0")]
    [InlineData("""{"hash": "HASH", "points": 1001}""", "model.points", "1001")]
    [InlineData("""{"hash": "HASH", "points": 100, "more": 1}""", "model.more", "an unknown member")]
    [InlineData("""{"hash": "../etc/passwd", "points": 100}""", "model.hash", "\"../etc/passwd\"")]
    [InlineData("""{"hash": "0000000000000000000000000000000000000000000000000000000000000000", "points": 100}""", "model.hash", "cannot be read")]
    [InlineData("7", "model", "7")]
    public void What_is_wrong_with_a_reference_is_told(string model, string path, string seen)
    {
        var document = TestPolicies.Document();
        document["model"] = JsonNode.Parse(model.Replace("HASH", _hash, StringComparison.Ordinal));

        var error = Assert.Single(Read(document).Errors);

        Assert.Equal(path, error.Path);
        Assert.Contains(seen, error.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_hash_or_with_errors_is_refused()
    {
        var other = new string('a', 64);
        File.WriteAllBytes(_library.PathOf(other), TestModels.Write(4));
        var wrong = Encoding.UTF8.GetBytes("{}");
        File.WriteAllBytes(_library.PathOf(ModelLoader.HashOf(wrong)), wrong);
        var document = TestPolicies.Document();

        document["model"] = Reference(other, 100);
        Assert.Contains(_hash, Assert.Single(Read(document).Errors).Seen, StringComparison.Ordinal);

        document["model"] = Reference(ModelLoader.HashOf(wrong), 100);
        Assert.Contains(Read(document).Errors, static error => error.Path == "model.hash" && error.Seen.Contains("at format", StringComparison.Ordinal));
    }

    [Fact]
    public void No_shared_signal_rejects_together_with_the_model()
    {
        // The largest cap of the shipped policy is 400; its smallest reject threshold is 750, and jitter of width 10 takes 20 off.
        var document = TestPolicies.Document();
        document["model"] = Reference(_hash, 551);
        var error = Assert.Single(Read(document).Errors);
        Assert.Equal(("model.points", "551"), (error.Path, error.Seen));
        Assert.Contains("at most 549", error.Allowed, StringComparison.Ordinal);

        document["model"] = Reference(_hash, 549);
        var most = Read(document).Policy!.Model!;
        Assert.True(Math.Round(400 + most.Add(1, 400), MidpointRounding.AwayFromZero) < 730);
        Assert.False(Math.Round(400 + (most with { Points = 550 }).Add(1, 400), MidpointRounding.AwayFromZero) < 730);
    }

    [Fact]
    public void A_rule_may_be_called_model_only_where_there_is_none()
    {
        var document = TestPolicies.With(TestPolicies.Rule("model", "captcha.failed", 100));
        document.Remove("shadow_model");
        Assert.NotNull(Read(document).Policy);

        document["shadow_model"] = Reference(_hash, 100);
        Assert.Equal("rules[0].id", Assert.Single(Read(document).Errors).Path);
    }

    [Fact]
    public void Without_a_folder_only_the_shipped_model_is_known()
    {
        var document = TestPolicies.Document();
        document["model"] = Reference(_hash, 100);

        Assert.Contains("does not ship", Assert.Single(TestPolicies.Read(document).Errors).Seen, StringComparison.Ordinal);
    }

    private static JsonObject Reference(string hash, int points) => new() { ["hash"] = hash, ["points"] = points };

    private PolicyResult Read(JsonObject document) => PolicyLoader.Load(Encoding.UTF8.GetBytes(document.ToJsonString()), _library);
}
