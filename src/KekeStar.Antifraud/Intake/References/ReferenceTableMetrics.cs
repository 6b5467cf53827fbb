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

    /// <summary>Begins each series at 0: an alarm on an increase must see the first reload come from there.</summary>
    public static void Begin()
    {
        foreach (var result in Enum.GetValues<ReferenceTableReloadResult>())
        {
            ReloadCounter.Add(0, Tag(result));
        }
    }

    /// <summary>Counts a reload.</summary>
    public static void Reloaded(ReferenceTableReloadResult result) => ReloadCounter.Add(1, Tag(result));

    private static KeyValuePair<string, object?> Tag(ReferenceTableReloadResult result) => new("antifraud.tables.result", result switch
    {
        ReferenceTableReloadResult.Applied => "applied",
        ReferenceTableReloadResult.Rejected => "rejected",
        _ => "unreadable",
    });
}
