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

    /// <summary>Counts a reload.</summary>
    public static void Reloaded(PolicyReloadResult result) =>
        ReloadCounter.Add(1, new KeyValuePair<string, object?>("antifraud.policy.result", result switch
        {
            PolicyReloadResult.Applied => "applied",
            PolicyReloadResult.Rejected => "rejected",
            _ => "unreadable",
        }));
}
