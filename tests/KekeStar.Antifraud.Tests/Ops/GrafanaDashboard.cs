using System.Text.Json.Nodes;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>ops/grafana/antifraud.json.</summary>
internal static class GrafanaDashboard
{
    /// <summary>The dashboard.</summary>
    public static JsonNode Load() => JsonNode.Parse(File.ReadAllText(RepositoryFiles.PathOf("ops/grafana/antifraud.json")))!;

    /// <summary>Its panels, without the headings of rows.</summary>
    public static IReadOnlyList<JsonNode> Panels() =>
        [.. Load()["panels"]!.AsArray().Where(static panel => (string?)panel!["type"] != "row").Select(static panel => panel!)];

    /// <summary>Every expression, with Grafana's variables replaced as Grafana replaces them.</summary>
    public static IReadOnlyList<string> Expressions() =>
    [
        .. Panels()
            .SelectMany(static panel => panel["targets"]!.AsArray())
            .Select(static target => ((string)target!["expr"]!)
                .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                .Replace("$job", ".*", StringComparison.Ordinal)
                .Replace("$instance", ".*", StringComparison.Ordinal)
                .Replace("$scene", ".*", StringComparison.Ordinal)),
    ];
}
