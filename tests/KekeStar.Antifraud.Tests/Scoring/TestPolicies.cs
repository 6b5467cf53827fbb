using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

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

    /// <summary>The shipped policy but for its jitter: every entity meets the thresholds that the file says.</summary>
    public static JsonObject WithoutJitter()
    {
        var document = Document();
        document.Remove("threshold_jitter");
        return document;
    }

    /// <summary>A document that must be right, as the policy in force; it does not change.</summary>
    public static PolicySource Source(JsonObject document)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, document.ToJsonString());
            return new PolicySource(new PolicyOptions { Path = path }, new FakeTimeProvider(), NullLogger<PolicySource>.Instance);
        }
        finally
        {
            File.Delete(path);
        }
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
