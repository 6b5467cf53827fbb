using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>Instruments of decision records on their way to the archive.</summary>
internal sealed class DecisionRecordMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Records";

    private readonly Meter _meter;
    private readonly Counter<long> _written;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _retries;

    /// <summary>Makes the instruments.</summary>
    public DecisionRecordMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _written = _meter.CreateCounter<long>("antifraud.records.written", "{record}", "Records of decisions and outcomes that are in a file of the archive.");
        _dropped = _meter.CreateCounter<long>(
            "antifraud.records.dropped", "{record}", "Records of decisions and outcomes that found the queue to the archive full: the archive was too slow.");
        _lost = _meter.CreateCounter<long>(
            "antifraud.records.lost", "{record}", "Records of decisions and outcomes that the archive could not write: disk full, folder gone, no right to write.");
        _retries = _meter.CreateCounter<long>(
            "antifraud.records.retries", "{record}", "Retries of events that have a record already, which got no second one.");
    }

    /// <summary>Begins all series at 0: an alarm on an increase must see the first one come from there.</summary>
    public void Begin()
    {
        foreach (var counter in (Counter<long>[])[_written, _dropped, _lost, _retries])
        {
            counter.Add(0);
        }
    }

    /// <summary>Shows how many records wait.</summary>
    public void Watch(Func<int> queued) =>
        _meter.CreateObservableGauge("antifraud.records.queued", queued, "{record}", "Records of decisions and outcomes that wait for the archive.");

    /// <summary>Counts records that are on disk.</summary>
    public void Wrote(long records) => _written.Add(records);

    /// <summary>Counts records that could not be written.</summary>
    public void Lost(long records) => _lost.Add(records);

    /// <summary>Counts a record that found no room.</summary>
    public void Dropped() => _dropped.Add(1);

    /// <summary>Counts a retry.</summary>
    public void Retried() => _retries.Add(1);
}
