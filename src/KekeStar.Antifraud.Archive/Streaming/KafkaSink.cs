using System.Buffers;
using Confluent.Kafka;
using KekeStar.Antifraud.Telemetry.Records;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Archive.Streaming;

/// <summary>
/// Hands decision records to Kafka as JSON, keyed by account. Called where the archive takes its records from the queue, so the hot path
/// knows nothing of it. Waits for nobody: what finds librdkafka's queue full, or is not delivered in time, is counted as lost.
/// </summary>
internal sealed partial class KafkaSink : IDisposable
{
    /// <summary>How long the end waits for what is under way: 5 s; the rest goes with the process.</summary>
    public static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);

    private readonly IProducer<byte[]?, byte[]> _producer;
    private readonly string _topic;
    private readonly KafkaMetrics _metrics;
    private readonly ILogger<KafkaSink> _logger;
    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);
    private readonly Action<DeliveryReport<byte[]?, byte[]>> _ended;
    private int _isRefusing;

    /// <summary>Makes a producer; it looks for the brokers by itself and the start does not wait for them.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="logger">Says when it begins to lose records, and when it ends.</param>
    public KafkaSink(KafkaOptions options, KafkaMetrics metrics, ILogger<KafkaSink> logger)
    {
        _topic = options.Topic;
        _metrics = metrics;
        _logger = logger;
        _ended = Ended;
        metrics.Begin();

        // librdkafka's own lines, several a second while brokers are away, are left out: what is lost is counted, and said once.
        _producer = new ProducerBuilder<byte[]?, byte[]>(KafkaSettings.Of(options))
            .SetLogHandler(static (_, _) => { })
            .SetErrorHandler(static (_, _) => { })
            .Build();
    }

    /// <summary>Hands over a record, or counts it as lost. Not thread safe: the archive's one drain calls it.</summary>
    public void Add(DecisionRecord record)
    {
        _buffer.ResetWrittenCount();
        DecisionJson.Write(record, _buffer);
        var message = new Message<byte[]?, byte[]> { Key = DecisionJson.KeyOf(record), Value = _buffer.WrittenSpan.ToArray() };
        _metrics.Sent();
        try
        {
            _producer.Produce(_topic, message, _ended);
        }
        catch (KafkaException refused)
        {
            Note(refused.Error, isDelivered: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _producer.Flush(FlushTime);
        }
        finally
        {
            _producer.Dispose();
        }
    }

    private void Ended(DeliveryReport<byte[]?, byte[]> report) => Note(report.Error, report.Status == PersistenceStatus.Persisted);

    // Of the same trouble one line, however long it lasts.
    private void Note(Error error, bool isDelivered)
    {
        _metrics.Ended(isDelivered);
        var refusing = isDelivered ? 0 : 1;
        if (Interlocked.Exchange(ref _isRefusing, refusing) == refusing)
        {
            return;
        }

        if (isDelivered)
        {
            LogTaking();
        }
        else
        {
            LogRefusing(error.Code.ToString());
        }
    }
}
