using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Streaming;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Archive.Streaming;

/// <summary>Decision records on their way to Kafka, through librdkafka to brokers inside this process.</summary>
public sealed class KafkaSinkTests
{
    private const string Nobody = "127.0.0.1:1";

    private static readonly MadeDecision Made = new()
    {
        Decision = -5,
        At = TimeSpan.FromSeconds(7),
        Age = TimeSpan.FromMilliseconds(250),
        Scene = Scene.NewDeviceLogin,
        Verdict = Verdict.Challenge,
        List = ListKind.Grey,
        StepUpExempt = true,
        AtLeast = true,
        DurationMicroseconds = 130,
        Rules = 0b1101,
        Labels = 0b011,
        Account = -1,
        OtherAccount = 2,
        Device = 3,
        Ip = 4,
        IpPrefix = 5,
        Bssid = 6,
        Cohort = 7,
    };

    [Fact]
    public async Task What_the_archive_takes_is_in_the_topic_too_with_the_archives_columns_and_without_its_blobs()
    {
        using var kafka = new MockKafka();
        await using var archive = new ArchiveUnderTest(kafka: Options(kafka.Servers));
        archive.Write(Made);

        var message = Assert.Single(kafka.Read("decisions", 1));

        Assert.Equal("ffffffffffffffff", message.Key);
        var json = JsonDocument.Parse(message.Value).RootElement;
        var row = ArchiveUnderTest.Row(Made);
        Assert.Equal(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["schema"] = DecisionJson.Version,
                ["time"] = "2026-11-20T10:00:07.000Z",
                ["event_time"] = "2026-11-20T10:00:06.750Z",
                ["decision"] = "fffffffffffffffb",
                ["scene"] = row.Scene,
                ["verdict"] = row.Verdict,
                ["challenge"] = row.Challenge!,
                ["score"] = row.Score,
                ["batch_registration"] = row.BatchRegistration,
                ["bot"] = row.Bot,
                ["account_theft"] = row.AccountTheft,
                ["policy"] = row.Policy,
                ["policy_hash"] = row.PolicyHash,
                ["store"] = row.Store,
                ["list"] = row.List!,
                ["step_up_exempt"] = true,
                ["at_least"] = true,
                ["threshold_shift"] = Made.ThresholdShift,
                ["duration_us"] = row.DurationMicroseconds,
                ["key_epoch"] = row.KeyEpoch,
                ["labels"] = string.Join(',', row.Labels),
                ["rules"] = string.Join(',', row.Rules),
                ["contributions"] = string.Join(',', row.Contributions.Select(static points => points.ToString(CultureInfo.InvariantCulture))),
                ["shadow_rules"] = string.Join(',', row.ShadowRules),
                ["account"] = "ffffffffffffffff",
                ["other_account"] = "0000000000000002",
                ["device"] = "0000000000000003",
                ["ip"] = "0000000000000004",
                ["ip_prefix"] = "0000000000000005",
                ["bssid"] = "0000000000000006",
                ["cohort"] = "0000000000000007",
            }.Select(static member => $"{member.Key} {Convert.ToString(member.Value, CultureInfo.InvariantCulture)}"),
            json.EnumerateObject().Select(static member => $"{member.Name} {Text(member.Value)}"),
            StringComparer.Ordinal);
        await Patience.UntilAsync(() => Task.FromResult(archive.Count("antifraud.kafka.records.delivered") == 1));
        Assert.Equal((0, 1), (archive.Count("antifraud.kafka.records.lost"), archive.Count("antifraud.records.written")));
    }

    [Fact]
    public async Task What_is_null_in_the_archive_is_left_out_and_without_an_account_the_device_is_the_key()
    {
        using var kafka = new MockKafka();
        await using var archive = new ArchiveUnderTest(kafka: Options(kafka.Servers));
        archive.Write(new MadeDecision { Decision = 1, Device = 3 }, new MadeDecision { Decision = 2 });

        var messages = kafka.Read("decisions", 2).OrderBy(static message => message.Value.Contains("\"device\"", StringComparison.Ordinal)).ToList();

        Assert.Equal([null, "0000000000000003"], messages.Select(static message => message.Key), StringComparer.Ordinal);
        Assert.All(messages, static message =>
        {
            var json = JsonDocument.Parse(message.Value).RootElement;
            Assert.DoesNotContain(json.EnumerateObject(), static member => member.Value.ValueKind == JsonValueKind.Null || member.Name is "challenge" or "list" or "account" or "features" or "entities");
        });
    }

    [Fact]
    public async Task Brokers_that_are_away_cost_messages_that_are_counted_and_said_once_and_no_record_of_the_archive()
    {
        var options = Options(Nobody);
        options.QueueRecords = 100;
        options.DeliveryTime = TimeSpan.FromSeconds(1);
        await using var archive = new ArchiveUnderTest(kafka: options);

        archive.Write(Enumerable.Range(1, 150).Select(static number => new MadeDecision { Decision = number }));

        // Those that found no room at once, the others when their time was over.
        Assert.InRange(archive.Count("antifraud.kafka.records.lost"), 50, 150);
        Assert.Equal(150, archive.Count("antifraud.records.written"));
        await Patience.UntilAsync(() => Task.FromResult(archive.Count("antifraud.kafka.records.lost") == 150));
        Assert.Equal(0, archive.Count("antifraud.kafka.records.delivered"));
        Assert.Single(archive.Log.Lines, static line => line.Contains("Kafka takes no decision records", StringComparison.Ordinal));
        var found = await archive.Archive.SearchAsync(
            new DecisionFilter { From = ArchiveUnderTest.Start, To = ArchiveUnderTest.Start.AddHours(1) }, 500, after: null, CancellationToken.None);
        Assert.Equal(150, found.Value.Rows.Count);
    }

    private static KafkaOptions Options(string servers) => new() { BootstrapServers = servers, Topic = "decisions", ErasureIsMine = true };

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        JsonValueKind.True => "True",
        _ => value.ToString(),
    };
}
