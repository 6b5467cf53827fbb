using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Archive.Streaming;

/// <summary>Instruments of decision records on their way to Kafka.</summary>
internal sealed class KafkaMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Kafka";

    private readonly Counter<long> _delivered;
    private readonly Counter<long> _lost;
    private long _waiting;

    /// <summary>Makes the instruments.</summary>
    public KafkaMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _delivered = meter.CreateCounter<long>("antifraud.kafka.records.delivered", "{record}", "Decision records that the brokers have acknowledged.");
        _lost = meter.CreateCounter<long>("antifraud.kafka.records.lost", "{record}", "Decision records that Kafka did not take: queue full, brokers away for too long, or refused.");
        meter.CreateObservableGauge("antifraud.kafka.records.waiting", () => Waiting, "{record}", "Decision records that wait for the brokers.");
    }

    /// <summary>Records that wait for the brokers.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Begins the counters at 0: an alarm on an increase must see the first one come from there.</summary>
    public void Begin()
    {
        _delivered.Add(0);
        _lost.Add(0);
    }

    /// <summary>Counts a record that was handed over.</summary>
    public void Sent() => Interlocked.Increment(ref _waiting);

    /// <summary>Counts what became of a record that was handed over.</summary>
    public void Ended(bool isDelivered)
    {
        Interlocked.Decrement(ref _waiting);
        (isDelivered ? _delivered : _lost).Add(1);
    }

    /// <summary>Counts a record that found no room.</summary>
    public void Lost() => _lost.Add(1);
}
