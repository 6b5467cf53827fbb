using System.Runtime.Versioning;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Tests.Cli.Sealing;

[UnsupportedOSPlatform("windows")]
public sealed class SealingCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sealing-").FullName;
    private readonly ScriptedService.Script _script = new();

    private string KeyFile => Path.Combine(_folder, "deeper", "sealing.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Create_makes_a_file_and_then_adds_keys_to_it()
    {
        var terminal = new TestTerminal();
        Assert.Equal(0, await terminal.RunAsync("sealing", "create", KeyFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        var first = Assert.Single(SealingKeyFile.Read(KeyFile));

        Assert.Equal(0, await terminal.RunAsync("sealing", "create", KeyFile, "--id", "40"));
        Assert.Equal(0, await terminal.RunAsync("sealing", "create", KeyFile));
        var keys = SealingKeyFile.Read(KeyFile);
        Assert.Equal([1u, 40u, 41u], keys.Select(key => key.Id));
        Assert.Equal(first.Bytes.ToArray(), keys[0].Bytes.ToArray());
        Assert.Equal(3, keys.Select(key => Convert.ToBase64String(key.Bytes)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.DoesNotContain(Convert.ToBase64String(key.Bytes), terminal.Output + terminal.Error, StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public async Task Create_never_touches_a_file_that_is_none_or_a_number_that_is_taken()
    {
        var terminal = new TestTerminal();
        Assert.Equal(0, await terminal.RunAsync("sealing", "create", KeyFile, "--id", "4294967295"));
        var before = File.ReadAllText(KeyFile);
        Assert.Equal(2, await terminal.RunAsync("sealing", "create", KeyFile, "--id", "4294967295"));
        Assert.Equal(2, await terminal.RunAsync("sealing", "create", KeyFile));
        Assert.Equal(before, File.ReadAllText(KeyFile));

        File.WriteAllText(KeyFile, "{}");
        Assert.Equal(2, await terminal.RunAsync("sealing", "create", KeyFile));
        Assert.Equal("{}", File.ReadAllText(KeyFile));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Equal(2, await terminal.RunAsync("sealing", "create", KeyFile));
        Assert.Contains("chmod 600", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_report_and_replay_send_what_they_seal_with_the_last_key()
    {
        await using var service = await ScriptedService.StartAsync(_script);
        await new TestTerminal().RunAsync("sealing", "create", KeyFile);
        await new TestTerminal().RunAsync("sealing", "create", KeyFile);
        string[] common = ["--seal-key", KeyFile, "--address", service.Address];
        const string Event = """{"event_id": "e", "scene": "SCENE_LOGIN", "account_id": "a", "device": {"android_id": "8f3c2b1a9d7e6f50"}}""";

        Assert.Equal(0, await new TestTerminal(Event).RunAsync(["score", .. common]));
        Assert.Equal(0, await new TestTerminal().RunAsync(["report", "--event-id", "e", "--account-id", "a", "--outcome", "missed", .. common]));
        Assert.Equal(0, await new TestTerminal(Event + "\n{\"report\": {\"event_id\": \"e\", \"account_id\": \"a\"}}").RunAsync(["replay", "-", "--now", .. common]));

        Assert.Equal(4, _script.Asked.Count);
        foreach (var asked in _script.Asked)
        {
            if (asked is ScoreRequest score)
            {
                AssertSealed(score.SealedIdentifiers, score.EventId, new SealedSignals { AccountId = "a", Device = new DeviceSignals { AndroidId = "8f3c2b1a9d7e6f50" } });
                Assert.Equal(("", null), (score.AccountId, score.Device));
            }
            else
            {
                var report = Assert.IsType<ReportRequest>(asked);
                AssertSealed(report.SealedIdentifiers, report.EventId, new SealedSignals { AccountId = "a" });
                Assert.Equal("", report.AccountId);
            }
        }
    }

    [Fact]
    public async Task Sealed_lines_of_one_account_keep_their_order()
    {
        await using var service = await ScriptedService.StartAsync(_script);
        await new TestTerminal().RunAsync("sealing", "create", KeyFile);
        var lines = Enumerable.Range(0, 200).Select(n => $$"""{"event_id": "e{{n}}", "account_id": "a"}""");
        Assert.Equal(0, await new TestTerminal(string.Join('\n', lines)).RunAsync("replay", "-", "--concurrency", "32", "--seal-key", KeyFile, "--address", service.Address));
        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"e{n}"), _script.Asked.Select(asked => ((ScoreRequest)asked).EventId), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_sealed_is_named_and_nothing_is_sent()
    {
        await using var service = await ScriptedService.StartAsync(_script);
        await new TestTerminal().RunAsync("sealing", "create", KeyFile);
        var names = string.Join(',', Enumerable.Repeat($"\"{new string('n', 100)}\"", 200));
        var large = $$$"""{"event_id": "e", "scene": "SCENE_LOGIN", "device": {"software": [{{{names}}}]}}""";
        var terminal = new TestTerminal(large);
        Assert.Equal(2, await terminal.RunAsync("score", "--seal-key", KeyFile, "--address", service.Address));
        Assert.Contains("16384 are allowed", terminal.Error, StringComparison.Ordinal);
        terminal = new TestTerminal("{\"event_id\": \"d\"}\n" + large);
        Assert.Equal(2, await terminal.RunAsync("replay", "-", "--seal-key", KeyFile, "--address", service.Address));
        Assert.Contains("line 2, column 1: The fields to be sealed take", terminal.Error, StringComparison.Ordinal);
        terminal = new TestTerminal();
        Assert.Equal(2, await terminal.RunAsync("report", "--event-id", "e", "--outcome", "missed", "--seal-key", "/nowhere/sealing.json"));
        Assert.StartsWith("antifraud: --seal-key: /nowhere/sealing.json:", terminal.Error, StringComparison.Ordinal);
        Assert.Empty(_script.Asked);
    }

    private void AssertSealed(Google.Protobuf.ByteString bytes, string eventId, SealedSignals expected)
    {
        using var keys = new SealingKeys(new SealingKeyOptions { File = KeyFile }, TimeProvider.System, NullLogger<SealingKeys>.Instance);
        var opened = new byte[SealedIdentifiers.PlaintextLength(bytes.Span)];
        Assert.Equal(2, bytes[SealedFormat.SaltOffset - 1]);
        Assert.Equal(RequestError.None, new SealedIdentifiers(keys).Open(bytes.Span, Encoding.UTF8.GetBytes(eventId), opened));
        Assert.Equal(expected, SealedSignals.Parser.ParseFrom(opened));
    }
}
