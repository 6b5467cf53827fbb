using System.Text;
using KekeStar.Antifraud.Tests.Simulation;

namespace KekeStar.Antifraud.Tests.Cli.Simulating;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly TrafficFolder _folder = new();

    [Fact]
    public async Task A_simulated_file_is_replayed_into_an_archive_with_labels()
    {
        var terminal = new TestTerminal();

        Assert.Equal(0, await terminal.RunAsync("simulate", "--seed", "3", "--days", "1", "--events", "1000", "--out", _folder.Of("t.parquet")));
        Assert.Contains("outcomes of 1 days from 2026-09-07 on, seed 3", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(0, await terminal.RunAsync("replay", _folder.Of("t.parquet"), "--archive", _folder.Of("archive"), "--store-memory", "256"));
        Assert.Contains("household", terminal.ScreenText, StringComparison.Ordinal);
        Assert.Contains("unseen", terminal.ScreenText, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Of("archive/labels.parquet")));
    }

    [Fact]
    public async Task JSON_lines_are_such_as_replay_reads()
    {
        var terminal = new TestTerminal();
        Assert.Equal(0, await terminal.RunAsync("simulate", "--days", "1", "--events", "1000", "--format", "jsonl", "--out", _folder.Of("t.jsonl")));

        // Nobody listens there; every line was read before that was found.
        Assert.Equal(3, await terminal.RunAsync("replay", _folder.Of("t.jsonl"), "--address", $"http://127.0.0.1:{LoopbackPort.Take()}"));
        Assert.DoesNotContain("line ", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_parameter_file_is_named_with_the_place_of_the_fault()
    {
        await File.WriteAllTextAsync(_folder.Of("p.json"), """{"version": 1, "habits": {"mistypes": {"value": 2, "source": "assumption"}}}""", Encoding.UTF8);
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("simulate", "--parameters", _folder.Of("p.json"), "--out", _folder.Of("t.parquet")));
        Assert.Contains("p.json: $.habits.mistypes.value: 0 to 1 is allowed, this is 2.", terminal.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Of("t.parquet")));
    }

    [Theory]
    [InlineData("--days", "0", "--days: 1 to 31 is allowed.")]
    [InlineData("--days", "32", "--days: 1 to 31 is allowed.")]
    [InlineData("--events", "999", "--events: 1000 to 50000000 is allowed.")]
    [InlineData("--start", "tomorrow", "--start: A day such as 2026-09-07 is expected.")]
    public async Task A_bound_is_named(string option, string value, string message)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("simulate", option, value, "--out", _folder.Of("t.parquet")));
        Assert.Contains(message, terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--archive goes with a file", "-", "--archive", "a")]
    [InlineData("--archive goes with a file", "f", "--archive", "a", "--now")]
    [InlineData("--archive goes with a file", "f", "--archive", "a", "--concurrency", "2")]
    [InlineData("--policy and --store-memory go with --archive.", "f", "--policy", "p")]
    [InlineData("--store-memory: 64 to 262144 is allowed.", "f", "--archive", "a", "--store-memory", "1")]
    public async Task Options_that_do_not_go_together_are_refused(string message, params string[] arguments)
    {
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync(["replay", .. arguments]));
        Assert.Contains(message, terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_JSON_lines_is_refused_for_an_archive()
    {
        await File.WriteAllTextAsync(_folder.Of("t.jsonl"), "{\"event_id\": \"a\"}\n{\"event_id\": \"b\"}\n");
        var terminal = new TestTerminal();

        Assert.Equal(2, await terminal.RunAsync("replay", _folder.Of("t.jsonl"), "--archive", _folder.Of("archive")));
        Assert.Contains("t.jsonl: This is no Parquet file.", terminal.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
