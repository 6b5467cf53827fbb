using System.Globalization;
using Confluent.Kafka;

namespace KekeStar.Antifraud.Archive.Streaming;

/// <summary>Makes librdkafka's settings of the options.</summary>
internal static class KafkaSettings
{
    // What the options say, or what keeps the promise that nothing is waited for and that every loss is counted.
    private static readonly string[] Own =
    [
        "bootstrap.servers", "metadata.broker.list", "queue.buffering.max.messages", "queue.buffering.max.kbytes", "message.timeout.ms", "delivery.timeout.ms",
    ];

    /// <summary>What is wrong with the options; empty: nothing.</summary>
    /// <param name="options">The options.</param>
    /// <param name="hasArchive">True if decisions are archived.</param>
    public static IEnumerable<string> Errors(KafkaOptions options, bool hasArchive)
    {
        if (options.BootstrapServers.Length == 0)
        {
            yield break;
        }

        if (!options.ErasureIsMine)
        {
            yield return "Antifraud:Kafka:ErasureIsMine is false. Erasure and retention do not reach a topic: limit its retention, see docs/privacy.md, and say true.";
        }

        if (!hasArchive)
        {
            yield return "Antifraud:Kafka:BootstrapServers is set and Antifraud:Archive:Directory is empty. What goes to Kafka are the archive's records: set a directory.";
        }

        if (options.SettingsFile.Length > 0 && ErrorOf(options.SettingsFile) is { } error)
        {
            yield return error;
        }
    }

    /// <summary>The settings of a producer.</summary>
    public static ProducerConfig Of(KafkaOptions options)
    {
        var config = new ProducerConfig();
        if (options.SettingsFile.Length > 0)
        {
            foreach (var (name, value) in Read(options.SettingsFile))
            {
                config.Set(name, value);
            }
        }

        config.BootstrapServers = options.BootstrapServers;
        config.ClientId ??= "antifraud";
        config.LingerMs ??= 50;
        config.CompressionType ??= CompressionType.Zstd;
        config.QueueBufferingMaxMessages = options.QueueRecords;
        config.QueueBufferingMaxKbytes = options.QueueKilobytes;
        config.MessageTimeoutMs = (int)options.DeliveryTime.TotalMilliseconds;

        // Of a delivery only whether it came about is asked.
        config.DeliveryReportFields = "status";
        return config;
    }

    // A line is named by its number: it may be a password.
    private static string? ErrorOf(string file)
    {
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (Parse(line) is not { } setting)
                {
                    continue;
                }

                if (setting.Name.Length == 0)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"Antifraud:Kafka:SettingsFile: line {number} of '{file}' is no name=value.");
                }

                if (Own.Contains(setting.Name, StringComparer.Ordinal))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"Antifraud:Kafka:SettingsFile: line {number} of '{file}' sets {setting.Name}, which has a setting below Antifraud:Kafka.");
                }
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"Antifraud:Kafka:SettingsFile: '{file}' cannot be read: {failure.Message}";
        }
    }

    private static IEnumerable<(string Name, string Value)> Read(string file) => File.ReadLines(file).Select(Parse).OfType<(string, string)>();

    // Null: nothing stands there. An empty name: no setting.
    private static (string Name, string Value)? Parse(string line)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? ("", "") : (text[..equals].Trim(), text[(equals + 1)..].Trim());
    }
}
