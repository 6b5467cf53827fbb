using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>Instruments of the reference tables.</summary>
internal static class ReferenceTableMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.References";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> ReloadCounter = Meter.CreateCounter<long>(
        "antifraud.tables.reloads",
        unit: "{reload}",
        description: "Changes in the folder of the reference tables, by what came of them: applied, rejected or unreadable.");

    /// <summary>Counts a reload.</summary>
    public static void Reloaded(ReferenceTableReloadResult result) =>
        ReloadCounter.Add(1, new KeyValuePair<string, object?>("antifraud.tables.result", result switch
        {
            ReferenceTableReloadResult.Applied => "applied",
            ReferenceTableReloadResult.Rejected => "rejected",
            _ => "unreadable",
        }));
}
