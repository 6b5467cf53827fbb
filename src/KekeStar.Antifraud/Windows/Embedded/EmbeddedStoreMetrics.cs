using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Instruments of one embedded store.</summary>
internal sealed class EmbeddedStoreMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Windows.Embedded";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _checkpoints;
    private readonly Histogram<double> _compactions;

    public EmbeddedStoreMetrics(StoreRoom room)
    {
        _refused = _meter.CreateCounter<long>(
            "antifraud.store.embedded.refused", "{call}", "Calls refused because the store has no room for new records.");
        _checkpoints = _meter.CreateHistogram<double>("antifraud.store.embedded.checkpoint.duration", "s", "Time that a checkpoint took.");
        _compactions = _meter.CreateHistogram<double>("antifraud.store.embedded.compaction.duration", "s", "Time that a compaction took.");
        _meter.CreateObservableGauge("antifraud.store.embedded.disk", room.MeasureDisk, "By", "Size of the data directory.");
        _meter.CreateObservableGauge("antifraud.store.embedded.log", () => room.LogBytes, "By", "Length of the record log.");
        _meter.CreateObservableGauge("antifraud.store.embedded.index", () => room.Index.Bytes, "By", "Size of the hash index.");
        _meter.CreateObservableGauge(
            "antifraud.store.embedded.index.full", () => room.Index.IsFull ? 1 : 0, "1", "1 while new records are refused because there are too many logs.");
        _meter.CreateObservableGauge("antifraud.store.embedded.append_log", () => room.AppendLogBytes, "By", "Length of the append-only file.");
    }

    /// <summary>Counts a refused call.</summary>
    public void Refused() => _refused.Add(1);

    /// <summary>Records a checkpoint.</summary>
    public void Checkpoint(TimeSpan took) => _checkpoints.Record(took.TotalSeconds);

    /// <summary>Records a compaction.</summary>
    public void Compaction(TimeSpan took) => _compactions.Record(took.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
