using System.Globalization;
using Confluent.Kafka;

namespace KekeStar.Antifraud.Tests.Archive.Streaming;

/// <summary>Brokers inside this process: librdkafka's own, which its tests run against. They speak Kafka's protocol over loopback.</summary>
internal sealed class MockKafka : IDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    private readonly IProducer<Null, string> _cluster;
    private readonly IAdminClient _admin;

    public MockKafka()
    {
        var config = new ProducerConfig();
        config.Set("test.mock.num.brokers", "1");
        _cluster = new ProducerBuilder<Null, string>(config).SetLogHandler(static (_, _) => { }).Build();
        _admin = new DependentAdminClientBuilder(_cluster.Handle).Build();
        Servers = string.Join(',', _admin.GetMetadata(Patient).Brokers.Select(static broker => string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}")));
    }

    /// <summary>Where they listen.</summary>
    public string Servers { get; }

    /// <summary>Reads so many messages of a topic, of all its partitions.</summary>
    public List<Message<string?, string>> Read(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<string?, string>(new ConsumerConfig { BootstrapServers = Servers, GroupId = "test" }).SetLogHandler(static (_, _) => { }).Build();
        consumer.Assign(_admin.GetMetadata(topic, Patient).Topics.Single().Partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var messages = new List<Message<string?, string>>();
        while (messages.Count < count)
        {
            messages.Add((consumer.Consume(Patient) ?? throw new TimeoutException($"Of {count} messages {messages.Count} came.")).Message);
        }

        consumer.Close();
        return messages;
    }

    public void Dispose()
    {
        _admin.Dispose();
        _cluster.Dispose();
    }
}
