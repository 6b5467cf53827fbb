using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>Looks at the decision archive; whatever is null, this instance keeps none.</summary>
/// <param name="Metrics">Whether it can write.</param>
/// <param name="Catalog">Its files.</param>
/// <param name="Queue">What waits for it.</param>
internal sealed record ArchiveHealth(ArchiveMetrics? Metrics, ArchiveCatalog? Catalog, DecisionRecordQueue? Queue)
{
    /// <summary>Its state at this moment; null: there is none.</summary>
    public ArchiveFacts? Look(ServiceCounters counters) => Metrics is null || Catalog is null || Queue is null
        ? null
        : new ArchiveFacts(
            Metrics.IsAvailable,
            Catalog.Count,
            Catalog.Bytes,
            Queue.Count,
            counters.Sum("antifraud.records.lost") + counters.Sum("antifraud.records.dropped"));
}
