using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Tests.Scoring;

/// <summary>Small policy files for tests.</summary>
internal static class TestPolicies
{
    /// <summary>The shipped policy as a document that a test may change.</summary>
    public static JsonObject Document() => JsonNode.Parse(DefaultPolicy.ReadBytes())!.AsObject();

    /// <summary>A document with only these rules.</summary>
    public static JsonObject With(params JsonObject[] rules)
    {
        var document = Document();
        document["rules"] = new JsonArray(rules);
        return document;
    }

    /// <summary>A rule that is right in everything but what the test changes.</summary>
    public static JsonObject Rule(string id, string when, int weight, string risk = "bot", string scene = "LOGIN") => new()
    {
        ["id"] = id,
        ["risk"] = risk,
        ["scenes"] = new JsonArray(scene),
        ["when"] = when,
        ["weight"] = weight,
        ["label"] = "label",
        ["reason"] = new JsonObject { ["en"] = "Why", ["zh"] = "原因" },
    };

    /// <summary>Reads a document that must be right.</summary>
    public static Policy Load(JsonObject document)
    {
        var result = Read(document);
        Assert.Empty(result.Errors);
        return result.Policy!;
    }

    /// <summary>Reads a document.</summary>
    public static PolicyResult Read(JsonObject document) => PolicyLoader.Load(Encoding.UTF8.GetBytes(document.ToJsonString()));
}
