using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Archive.Streaming;

/// <summary>Decision records to a Kafka topic as well, as JSON. Off unless <see cref="BootstrapServers"/> is set.</summary>
public sealed class KafkaOptions
{
    /// <summary>Brokers to begin with, <c>host:port</c> with commas between. Default: empty, no record goes to Kafka. Needs the decision archive, whose records they are.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Topic, which must be there or be made by the brokers. Default: <c>antifraud.decisions</c>.</summary>
    [RegularExpression(@"^[a-zA-Z0-9._-]{1,249}$")]
    public string Topic { get; set; } = "antifraud.decisions";

    /// <summary>
    /// Must be <c>true</c> where <see cref="BootstrapServers"/> is set: erasure, withdrawal, export and retention do not reach a topic, so
    /// whoever runs it sets its retention (<c>retention.ms</c>, at most the archive's <c>RetentionDays</c>) and answers for every
    /// copy that consumers make (docs/privacy.md). Default: <c>false</c>.
    /// </summary>
    public bool ErasureIsMine { get; set; }

    /// <summary>
    /// File with further settings of librdkafka, <c>name=value</c> a line, <c>#</c> before comments: TLS, SASL, and what else the brokers want.
    /// It may hold a password, so keep it from others. Default: empty, none.
    /// </summary>
    public string SettingsFile { get; set; } = "";

    /// <summary>Most records that wait for the brokers. Default: 100,000. What comes beyond is lost, and counted.</summary>
    [Range(100, 10_000_000)]
    public int QueueRecords { get; set; } = 100_000;

    /// <summary>Most memory of the records that wait for the brokers, KiB. Default: 131,072 (128 MiB): 100,000 records of 1.3 KiB.</summary>
    [Range(1_024, 2_097_151)]
    public int QueueKilobytes { get; set; } = 131_072;

    /// <summary>How long a record may wait for the brokers before it is lost. Default: 5 min, which a restart of a broker takes less than.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DeliveryTime { get; set; } = TimeSpan.FromMinutes(5);
}
