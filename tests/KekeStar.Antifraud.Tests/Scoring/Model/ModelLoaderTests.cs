using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

public sealed class ModelLoaderTests
{
    [Fact]
    public void What_was_written_is_read()
    {
        var bytes = TestModels.Write(7);
        var model = TestModels.Load(bytes);

        Assert.Equal("test 7", model.Name);
        Assert.Equal(ModelLoader.HashOf(bytes), model.Hash);
        Assert.Equal(TestModels.Names, model.Inputs.Select(static input => ModelInputs.NameOf(input.Number)), StringComparer.Ordinal);
        Assert.Equal(3 * 12, model.Trees);
        Assert.Equal(bytes, ModelWriter.Write(model.Name, model.Inputs, model.ByRisk, model.Facts));
    }

    [Theory]
    [InlineData("format", "2", "format")]
    [InlineData("name", "\"\"", "name")]
    [InlineData("more", "1", "more")]
    [InlineData("inputs", "[]", "inputs")]
    [InlineData("inputs.0.name", "\"device.known\"", "inputs[0].name")]
    [InlineData("inputs.0.name", "\"no.such\"", "inputs[0].name")]
    [InlineData("inputs.1.name", "\"device.accounts_1h\"", "inputs[1].name")]
    [InlineData("inputs.0.edges", "[2, 1]", "inputs[0].shares")]
    [InlineData("risks.bot.base_rate", "0", "risks.bot.base_rate")]
    [InlineData("risks.bot.base_rate", "1", "risks.bot.base_rate")]
    [InlineData("risks.bot.calibration.scores", "[1, 1, 2, 3, 4, 5]", "risks.bot.calibration.scores")]
    [InlineData("risks.bot.calibration.probabilities", "[0.1, 0.2, 0.3, 0.4, 0.5, 0.4]", "risks.bot.calibration.probabilities")]
    [InlineData("risks.bot.calibration.probabilities", "[0.1]", "risks.bot.calibration.probabilities")]
    [InlineData("risks.bot.calibration.probabilities", "[0, 0, 0, 0, 0, 1.5]", "risks.bot.calibration.probabilities[5]")]
    [InlineData("risks.bot.trees", "[]", "risks.bot.trees")]
    [InlineData("risks.bot.trees.0", "[]", "risks.bot.trees[0]")]
    [InlineData("risks.bot.trees.0", """{"input":[0],"threshold":[-1],"left":[-1],"right":[-2],"value":[0,1],"count":[1,1]}""", "risks.bot.trees[0].threshold[0]")]
    [InlineData("risks.bot.trees.0", """{"input":[99],"threshold":[1],"left":[-1],"right":[-2],"value":[0,1],"count":[1,1]}""", "risks.bot.trees[0].input[0]")]
    [InlineData("risks.bot.trees.0", """{"input":[0],"threshold":[1],"left":[-1],"right":[-1],"value":[0,1],"count":[1,1]}""", "risks.bot.trees[0].left")]
    [InlineData("risks.bot.trees.0", """{"input":[0],"threshold":[1],"left":[0],"right":[-1],"value":[0,1],"count":[1,1]}""", "risks.bot.trees[0].left")]
    [InlineData("risks.bot.trees.0", """{"input":[0],"threshold":[1],"left":[-1],"right":[-2],"value":[0,1],"count":[1,0]}""", "risks.bot.trees[0].count[1]")]
    [InlineData("risks.bot.trees.0", """{"input":[0],"threshold":[1],"left":[-1],"right":[-2],"value":[0,1],"count":[1]}""", "risks.bot.trees[0].count")]
    [InlineData("risks.bot.trees.0", """{"input":[0],"threshold":[1],"left":[-1],"right":[-2],"value":[1,0],"count":[1,1]}""", "risks.bot.trees[0].value")]
    [InlineData("risks.bot.trees.0", """{"input":[12],"threshold":[1],"left":[-1],"right":[-2],"value":[0,1],"count":[1,1]}""", "risks.bot.trees[0].value")]
    [InlineData("training", "{\"rows\": 5}", "training.rows")]
    public void What_is_wrong_is_told_with_its_place(string path, string value, string place)
    {
        var document = TestModels.Document();
        JsonNode at = document;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            at = at is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        }

        if (at is JsonArray items)
        {
            items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }

        var result = ModelLoader.Load(Encoding.UTF8.GetBytes(document.ToJsonString()));

        Assert.Null(result.Model);
        Assert.Contains(result.Errors, error => error.Path == place);
    }

    [Fact]
    public void More_accounts_that_lower_the_score_are_refused_by_name()
    {
        var document = TestModels.Document();
        document["risks"]!["bot"]!["trees"]![0] = JsonNode.Parse("""{"input":[0],"threshold":[1],"left":[-1],"right":[-2],"value":[1,0],"count":[1,1]}""");

        var error = Assert.Single(ModelLoader.Load(Encoding.UTF8.GetBytes(document.ToJsonString())).Errors);

        Assert.Contains("more device.accounts_1h lowers the score", error.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_limit_holds()
    {
        Assert.Contains("16777217 bytes", Assert.Single(ModelLoader.Load(new byte[ModelLimits.MaxFileBytes + 1]).Errors).Seen, StringComparison.Ordinal);
        Assert.Contains(ErrorsOf("bot", 1, ModelLimits.MaxLeaves + 1), static error => error.Path == "risks.bot.trees[0].value");
        Assert.Contains(ErrorsOf("bot", ModelLimits.MaxTrees + 1, 1), static error => error.Path == "risks.bot.trees");
        Assert.Contains(ErrorsOf("bot", 1, ModelLimits.MaxDepth + 2), static error => error.Path == "risks.bot.trees[0].left");
        Assert.Empty(ErrorsOf("bot", ModelLimits.MaxTrees, ModelLimits.MaxDepth + 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"name\": 1, \"name\": 2}")]
    [InlineData("{\"name\": \"\\ud800\"}")]
    public void What_is_no_object_is_an_error_and_not_an_exception(string text) =>
        Assert.NotEmpty(ModelLoader.Load(Encoding.UTF8.GetBytes(text)).Errors);

    // Trees like a rope: each decision has one leaf.
    private static IReadOnlyList<PolicyError> ErrorsOf(string risk, int trees, int leaves)
    {
        var nodes = leaves - 1;
        var tree = new JsonObject
        {
            ["input"] = new JsonArray([.. Enumerable.Range(0, nodes).Select(static _ => (JsonNode)0)]),
            ["threshold"] = new JsonArray([.. Enumerable.Range(0, nodes).Select(static node => (JsonNode)node)]),
            ["left"] = new JsonArray([.. Enumerable.Range(0, nodes).Select(static node => (JsonNode)(-1 - node))]),
            ["right"] = new JsonArray([.. Enumerable.Range(0, nodes).Select(node => (JsonNode)(node == nodes - 1 ? -1 - nodes : node + 1))]),
            ["value"] = new JsonArray([.. Enumerable.Range(0, leaves).Select(static leaf => (JsonNode)leaf)]),
            ["count"] = new JsonArray([.. Enumerable.Range(0, leaves).Select(static _ => (JsonNode)1)]),
        };
        var document = TestModels.Document();
        document["risks"]![risk]!["trees"] = new JsonArray([.. Enumerable.Range(0, trees).Select(_ => tree.DeepClone())]);
        return ModelLoader.Load(Encoding.UTF8.GetBytes(document.ToJsonString())).Errors;
    }
}
