using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>
/// A policy with the shipped scenes whose rules make the counts visible: each moves the score a little, and its reason
/// carries the feature's value. A failed captcha challenges, a vendor's high score rejects.
/// </summary>
internal static class ProbePolicy
{
    private static readonly Lazy<string> Shared = new(() =>
    {
        var path = Path.Combine(AppContext.BaseDirectory, "probe-policy.json");
        System.IO.File.WriteAllText(path, Text("probe-1"));
        return path;
    });

    /// <summary>The policy as a file, which no test changes.</summary>
    public static string File => Shared.Value;

    /// <summary>The policy under a version, with further rules.</summary>
    public static string Text(string version, params JsonObject[] further)
    {
        var policy = JsonNode.Parse(DefaultPolicy.ReadBytes())!.AsObject();
        policy["version"] = version;
        policy["rules"] = new JsonArray(
        [
            // A rule may not fire for an event alone in the world on its counts only; all events of these tests are Android's.
            Rule("device_events", "device.events_1h >= 1 && device.android", 1),
            Rule("device_accounts", "device.accounts_1h >= 1 && device.android", 1),
            Rule("device_failures", "device.failures_1h >= 1", 1),
            Rule("account_events", "account.events_1h >= 1", 1),
            Rule("account_failures", "account.failures_1h >= 1", 1),
            Rule("captcha_failed", "captcha.failed", 500),
            Rule("vendor_certain", "vendor.score >= 900", 900),
            .. further,
        ]);
        return policy.ToJsonString();
    }

    public static JsonObject Rule(string id, string when, int weight) => new()
    {
        ["id"] = id,
        ["risk"] = "bot",
        ["scenes"] = "all",
        ["when"] = when,
        ["weight"] = weight,
        ["label"] = id,
        ["reason"] = new JsonObject { ["en"] = $"English {id}", ["zh"] = $"中文 {id}" },
    };

    /// <summary>What a rule's feature was; 0 if it did not fire.</summary>
    public static double Value(this ScoreReply reply, string rule) =>
        reply.Reasons.SingleOrDefault(reason => reason.Rule == rule)?.Value ?? 0;
}
