using KekeStar.Antifraud.Archive.Streaming;

namespace KekeStar.Antifraud.Tests.Archive.Streaming;

public sealed class KafkaSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_brokers_nothing_is_asked_for() => Assert.Empty(KafkaSettings.Errors(new KafkaOptions(), hasArchive: false));

    [Fact]
    public void Whoever_has_not_said_that_erasure_is_his_gets_no_topic()
    {
        Assert.Contains("docs/privacy.md", Assert.Single(KafkaSettings.Errors(new KafkaOptions { BootstrapServers = "a:1" }, hasArchive: true)), StringComparison.Ordinal);
        Assert.Empty(KafkaSettings.Errors(new KafkaOptions { BootstrapServers = "a:1", ErasureIsMine = true }, hasArchive: true));
    }

    [Fact]
    public void Without_an_archive_there_is_nothing_to_send() => Assert.Contains(
        "Antifraud:Archive:Directory is empty",
        Assert.Single(KafkaSettings.Errors(new KafkaOptions { BootstrapServers = "a:1", ErasureIsMine = true }, hasArchive: false)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("# all is well\n\nsecurity.protocol = ssl\n", null)]
    [InlineData("security.protocol=ssl\ns3cret", "line 2")]
    [InlineData("bootstrap.servers=b:2", "bootstrap.servers, which has a setting")]
    [InlineData("message.timeout.ms=0", "message.timeout.ms, which has a setting")]
    public void A_file_of_settings_is_checked_and_what_stands_in_it_is_not_repeated(string content, string? error)
    {
        File.WriteAllText(_file, content);
        var errors = KafkaSettings.Errors(new KafkaOptions { BootstrapServers = "a:1", ErasureIsMine = true, SettingsFile = _file }, hasArchive: true).ToList();

        Assert.Equal(error is null ? 0 : 1, errors.Count);
        Assert.All(errors, one => Assert.Contains(error!, one, StringComparison.Ordinal));
        Assert.All(errors, static one => Assert.DoesNotContain("s3cret", one, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_is_said() => Assert.Contains(
        "cannot be read",
        Assert.Single(KafkaSettings.Errors(new KafkaOptions { BootstrapServers = "a:1", ErasureIsMine = true, SettingsFile = _file + ".none" }, hasArchive: true)),
        StringComparison.Ordinal);

    [Fact]
    public void The_file_goes_before_the_services_own_choice_and_the_options_before_the_file()
    {
        File.WriteAllText(_file, "security.protocol=ssl\ncompression.type=lz4\n");

        var config = KafkaSettings.Of(new KafkaOptions { BootstrapServers = "a:1", SettingsFile = _file, QueueRecords = 500, DeliveryTime = TimeSpan.FromSeconds(3) })
            .ToDictionary(static setting => setting.Key, static setting => setting.Value, StringComparer.Ordinal);

        Assert.Equal(
            ("a:1", "ssl", "lz4", "500", "3000"),
            (config["bootstrap.servers"], config["security.protocol"], config["compression.type"], config["queue.buffering.max.messages"], config["message.timeout.ms"]));
    }
}
