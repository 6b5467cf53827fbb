using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Scoring;

/// <summary>Instruments of the policy.</summary>
internal static class PolicyMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Scoring";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> ReloadCounter = Meter.CreateCounter<long>(
        "antifraud.policy.reloads",
        unit: "{reload}",
        description: "Changed policy files, by what came of them: applied, rejected or unreadable.");

    /// <summary>Begins each series at 0: an alarm on an increase must see the first reload come from there.</summary>
    public static void Begin()
    {
        foreach (var result in Enum.GetValues<PolicyReloadResult>())
        {
            ReloadCounter.Add(0, Tag(result));
        }
    }

    /// <summary>Counts a reload.</summary>
    public static void Reloaded(PolicyReloadResult result) => ReloadCounter.Add(1, Tag(result));

    private static KeyValuePair<string, object?> Tag(PolicyReloadResult result) => new("antifraud.policy.result", result switch
    {
        PolicyReloadResult.Applied => "applied",
        PolicyReloadResult.Rejected => "rejected",
        _ => "unreadable",
    });
}
