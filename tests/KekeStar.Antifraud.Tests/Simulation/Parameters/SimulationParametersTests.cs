using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Tests.Simulation.Parameters;

public sealed class SimulationParametersTests
{
    private static readonly string Shipped = File.ReadAllText(RepositoryFiles.PathOf("src/KekeStar.Antifraud.Simulation/Parameters/default-parameters.json"));

    [Fact]
    public void The_shipped_parameters_know_every_segment_and_adversary_and_keep_some_out_of_training()
    {
        var parameters = SimulationParameters.Shipped();

        Assert.Equal(TrafficCatalogue.Segments, parameters.Segments.Select(entry => entry.Source));
        Assert.Equal(TrafficCatalogue.Adversaries, parameters.Adversaries.Select(entry => entry.Source));
        Assert.Equal(["cloud_phones", "identifier_flood", "prober"], parameters.Adversaries.Where(entry => entry.IsUnseen).Select(entry => entry.Source.Name), StringComparer.Ordinal);
        Assert.All(parameters.Segments, segment => Assert.False(segment.IsUnseen));
    }

    [Fact]
    public void Every_shipped_figure_says_where_it_comes_from()
    {
        var parameters = SimulationParameters.Shipped();
        var sources = parameters.Segments.Concat(parameters.Adversaries).SelectMany(entry => entry.Figures.All.Values)
            .Concat(parameters.Habits.All.Values).Concat(parameters.Outcomes.All.Values).Select(figure => figure.Source).ToList();

        Assert.All(sources, Assert.NotEmpty);
        Assert.Contains(sources, source => source != "assumption");
    }

    [Theory]
    [InlineData("version", "2", "$.version: 1 is expected, this is 2.")]
    [InlineData("adversaries.prober.share.value", "1.7", "$.adversaries.prober.share.value: 0 to 1 is allowed, this is 1.7.")]
    [InlineData("adversaries.prober.share.value", "\"much\"", "$.adversaries.prober.share.value: A number is expected, this is a text.")]
    [InlineData("adversaries.prober.share.source", "\"\"", "$.adversaries.prober.share.source: Where the figure comes from is expected, or \"assumption\".")]
    [InlineData("adversaries.prober.unseen", "1", "$.adversaries.prober.unseen: true or false is expected, this is a number.")]
    [InlineData("adversaries.prober.extra", "1", "$.adversaries.prober.extra: There is no such entry here.")]
    [InlineData("adversaries.martians", "{}", "$.adversaries.martians: There is no such entry. There are: emulator_farm,")]
    [InlineData("habits", "[]", "$.habits: An object is expected, this is a list.")]
    [InlineData("segments.household.share.value", "0.9", "$.segments: The shares sum to 1.54; they must sum to 1.")]
    [InlineData("adversaries.prober.share.value", "0.9", "$.adversaries: The shares sum to more than 0.5.")]
    [InlineData("segments.household.members", null, "$.segments.household.members: This is missing.")]
    [InlineData("other", "{}", "$.other: There is no such entry here.")]
    public void What_is_wrong_is_named_with_its_place(string place, string? value, string message)
    {
        var document = JsonNode.Parse(Shipped)!;
        var names = place.Split('.');
        var parent = names[..^1].Aggregate(document, (node, name) => node[name]!).AsObject();
        parent.Remove(names[^1]);
        if (value is not null)
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        var fault = Assert.Throws<ParameterException>(() => SimulationParameters.Parse(Encoding.UTF8.GetBytes(document.ToJsonString())));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_figure_may_be_below_its_least_value()
    {
        var places = FiguresOf(JsonNode.Parse(Shipped)!.AsObject(), "$").ToList();
        Gen.Select(Gen.Int[0, places.Count - 1], Gen.Double[-1_000, -0.001]).Sample((index, value) =>
        {
            var document = JsonNode.Parse(Shipped)!.AsObject();
            places[index].Split('.').Skip(1).Aggregate((JsonNode)document, (node, name) => node[name]!)["value"] = value;
            var fault = Assert.Throws<ParameterException>(() => SimulationParameters.Parse(Encoding.UTF8.GetBytes(document.ToJsonString())));
            return fault.Path == places[index] + ".value";
        });
    }

    [Fact]
    public void A_text_that_is_no_JSON_is_refused_with_its_line()
    {
        var fault = Assert.Throws<ParameterException>(() => SimulationParameters.Parse("{\n  \"version\": oops\n}"u8.ToArray()));

        Assert.Equal("line 2: This is no JSON.", fault.Message);
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused()
    {
        var twice = Shipped.Replace("\"family_phone\": {", "\"household\": {", StringComparison.Ordinal);

        var fault = Assert.Throws<ParameterException>(() => SimulationParameters.Parse(Encoding.UTF8.GetBytes(twice)));

        Assert.Equal("$.segments.household", fault.Path);
    }

    private static IEnumerable<string> FiguresOf(JsonObject entry, string path) => entry.ContainsKey("source")
        ? [path]
        : entry.Where(member => member.Value is JsonObject).SelectMany(member => FiguresOf(member.Value!.AsObject(), $"{path}.{member.Key}"));
}
