using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>Instruments of one embedded store. Each size has its bound beside it, so that an alarm needs no number of its own.</summary>
internal sealed class EmbeddedStoreMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Windows.Embedded";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _checkpoints;
    private readonly Histogram<double> _compactions;
    private long _refused;
    private long _checkpointFailures;
    private long _otherFailures;

    public EmbeddedStoreMetrics(StoreRoom room)
    {
        // Observed, because the store is opened before anybody listens: an alarm on an increase must see the first one come from 0.
        _meter.CreateObservableCounter(
            "antifraud.store.embedded.refused",
            () => Volatile.Read(ref _refused),
            "{call}",
            "Calls refused because the store has no room for new records.");
        _meter.CreateObservableCounter<long>(
            "antifraud.store.embedded.failures", Failures, "{failure}", "Work beside the hot path that failed and is tried again: checkpoints, other maintenance.");
        _checkpoints = _meter.CreateHistogram<double>("antifraud.store.embedded.checkpoint.duration", "s", "Time that a checkpoint took.");
        _compactions = _meter.CreateHistogram<double>("antifraud.store.embedded.compaction.duration", "s", "Time that a compaction took.");
        MeasureBytes("antifraud.store.embedded.disk", room.MeasureDisk, "Size of the data directory.");
        MeasureBytes("antifraud.store.embedded.disk.limit", () => room.DiskBound, "Size of the data directory past which new records are refused; 0 for a store in memory.");
        MeasureBytes("antifraud.store.embedded.log", () => room.LogBytes, "Length of the record log.");
        MeasureBytes("antifraud.store.embedded.log.limit", () => room.Sizes.RefuseAbove, "Length of the record log past which new records are refused.");
        MeasureBytes("antifraud.store.embedded.index", () => room.Index.Bytes, "Size of the hash index.");
        MeasureBytes("antifraud.store.embedded.index.limit", () => room.Sizes.IndexBound, "Size of the hash index past which new records are refused.");
        _meter.CreateObservableGauge(
            "antifraud.store.embedded.index.full", () => room.Index.IsFull ? 1 : 0, "1", "1 while new records are refused because there are too many logs.");
        MeasureBytes("antifraud.store.embedded.append_log", () => room.AppendLogBytes, "Length of the append-only file.");
        MeasureBytes("antifraud.store.embedded.append_log.limit", () => room.AppendLogBound, "Length of the append-only file at which a checkpoint is taken and the file cut.");
    }

    /// <summary>Counts a refused call.</summary>
    public void Refused() => Interlocked.Increment(ref _refused);

    /// <summary>Records a checkpoint.</summary>
    public void Checkpoint(TimeSpan took) => _checkpoints.Record(took.TotalSeconds);

    /// <summary>Records a compaction.</summary>
    public void Compaction(TimeSpan took) => _compactions.Record(took.TotalSeconds);

    /// <summary>Counts a checkpoint that was not taken.</summary>
    public void CheckpointFailed() => Interlocked.Increment(ref _checkpointFailures);

    /// <summary>Counts other work that failed.</summary>
    public void Failed() => Interlocked.Increment(ref _otherFailures);

    public void Dispose() => _meter.Dispose();

    private void MeasureBytes(string name, Func<long> measure, string description) => _meter.CreateObservableGauge(name, measure, "By", description);

    private Measurement<long>[] Failures() =>
    [
        new(Volatile.Read(ref _checkpointFailures), new KeyValuePair<string, object?>("work", "checkpoint")),
        new(Volatile.Read(ref _otherFailures), new KeyValuePair<string, object?>("work", "other")),
    ];
}
