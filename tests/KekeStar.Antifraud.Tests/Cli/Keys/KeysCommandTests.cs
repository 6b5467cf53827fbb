using System.CommandLine;
using System.Runtime.Versioning;
using System.Text.Json;
using KekeStar.Antifraud.Cli.Keys;
using KekeStar.Antifraud.Intake.Keys;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Cli.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeysCommandTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 9, 50, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly FakeTimeProvider _time = new(Start);

    private string File => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_rotation_is_driven_from_its_beginning_to_the_destruction_of_the_old_key()
    {
        Assert.Equal(0, Run("create", File).Code);
        AssertStatus("1 current since  until ", "Nothing is due. A rotation can begin: antifraud keys rotate FILE");
        AssertFails(Run("destroy", File), "No epoch is expired. Epoch 1 is the only one");

        var rotated = Run("rotate", File);
        Assert.Equal(0, rotated.Code);
        Assert.Equal(
            """
            Added epoch 2 (hmac-sha256) to FILE.
              before 2026-11-25T10:00:00Z  give the file to every instance
              from   2026-11-25T10:00:00Z  epoch 2 is written beside epoch 1
              from   2026-12-12T10:00:00Z  epoch 2 is counted in
              after  2026-12-28T11:10:00Z  destroy the key of epoch 1: antifraud keys destroy FILE

            """,
            rotated.Output);
        AssertStatus(
            "1 current since  until 2026-12-12T10:00:00Z; 2 pending since  until 2026-11-25T10:00:00Z",
            "Give the file to every instance before 2026-11-25T10:00:00Z, when epoch 2 begins.");

        _time.SetUtcNow(Start.AddMinutes(10));
        AssertStatus(
            "1 current since  until 2026-12-12T10:00:00Z; 2 filling since 2026-11-25T10:00:00Z until 2026-12-12T10:00:00Z",
            "Wait: epoch 2 is counted in from 2026-12-12T10:00:00Z.");

        _time.SetUtcNow(Start.AddDays(18));
        AssertStatus(
            "1 retiring since 2026-12-12T10:00:00Z until 2026-12-28T11:10:00Z; 2 current since 2026-12-12T10:00:00Z until ",
            "Wait: the key of epoch 1 can be destroyed after 2026-12-28T11:10:00Z.");
        AssertFails(Run("destroy", File), "No epoch is expired. Epoch 1 is at 2026-12-28T11:10:00Z.");
        AssertFails(Run("rotate", File), "The rotation to epoch 2 is over at 2026-12-28T11:10:00Z; the next can begin then.");

        _time.SetUtcNow(Start.AddDays(34));
        AssertStatus(
            "1 expired since 2026-12-28T11:10:00Z until ; 2 current since 2026-12-12T10:00:00Z until ",
            "Destroy the key of epoch 1, then every copy of it: antifraud keys destroy FILE");
        var destroyed = Run("destroy", File);
        Assert.Equal(0, destroyed.Code);
        Assert.StartsWith("Took the key of epoch 1 out of FILE.", destroyed.Output, StringComparison.Ordinal);
        Assert.Equal([2], KeyRingFile.Read(File).Select(entry => (int)entry.Number));
        AssertStatus("2 current since 2026-12-12T10:00:00Z until ", "Nothing is due. A rotation can begin: antifraud keys rotate FILE");
        Assert.Equal(0, Run("rotate", File).Code);
    }

    [Fact]
    public void The_next_rotation_can_be_planned_for_when_the_one_before_is_over_and_not_sooner()
    {
        Run("create", File);
        Run("rotate", File);
        AssertFails(Run("rotate", File, "--begins", "2026-12-28T11:09:59Z"), "--begins 2026-12-28T11:10:00Z");
        Assert.Equal(0, Run("rotate", File, "--begins", "2026-12-28T11:10:00Z").Code);
        Assert.Equal([1, 2, 3], KeyRingFile.Read(File).Select(entry => (int)entry.Number));
        Assert.Equal(0, KeyRing.Load(new KeyRingOptions { File = File }, Start).At(0).Current.Number - 1);
    }

    [Fact]
    public void An_algorithm_is_taken_by_a_rotation_and_kept_by_the_next()
    {
        Assert.Equal(0, Run("create", File, "--algorithm", "hmac-sm3").Code);
        Run("rotate", File);
        Run("rotate", File, "--begins", "2027-01-01T00:00:00Z", "--algorithm", "hmac-sha256");
        Run("rotate", File, "--begins", "2027-03-01T00:00:00Z");
        Assert.Equal(
            [KeyAlgorithm.HmacSm3, KeyAlgorithm.HmacSm3, KeyAlgorithm.HmacSha256, KeyAlgorithm.HmacSha256],
            KeyRingFile.Read(File).Select(entry => entry.Algorithm));
        Assert.Equal(2, Run("rotate", File, "--algorithm", "md5").Code);
    }

    [Fact]
    public void A_file_of_the_short_form_can_be_rotated()
    {
        var key = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);
        System.IO.File.WriteAllText(File, $$"""{"epoch": 255, "key": "{{key}}"}""");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, Run("rotate", File).Code);
        var entries = KeyRingFile.Read(File);
        Assert.Equal([255, 1], entries.Select(entry => (int)entry.Number));
        Assert.Equal(key, Convert.ToBase64String(entries[0].MasterKey));
    }

    [Theory]
    [InlineData("tomorrow", "--begins is no time of the form 2026-11-25T10:00:00Z.")]
    [InlineData("2026-11-25T10:00:00+08:00", "--begins is no time of the form 2026-11-25T10:00:00Z.")]
    [InlineData("2026-11-25T09:49:59Z", "--begins is past.")]
    public void A_wrong_beginning_is_refused_and_changes_nothing(string begins, string expected)
    {
        Run("create", File);
        var before = System.IO.File.ReadAllText(File);
        AssertFails(Run("rotate", File, "--begins", begins), expected);
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("rotate")]
    [InlineData("status")]
    [InlineData("destroy")]
    public void A_wrong_or_missing_file_is_refused(string verb)
    {
        AssertFails(Run(verb, File), "FILE");
        System.IO.File.WriteAllText(File, "{");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AssertFails(Run(verb, File), "FILE: line 1 is not JSON");
        Run("create", File + "2");
        System.IO.File.SetUnixFileMode(File + "2", UnixFileMode.UserRead | UnixFileMode.GroupRead);
        AssertFails(Run(verb, File + "2"), "chmod 600");
    }

    [Fact]
    public void The_file_keeps_its_mode_and_nothing_is_left_beside_it()
    {
        Run("create", File);
        Run("rotate", File);
        _time.SetUtcNow(Start.AddDays(34));
        Run("destroy", File);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void No_verb_prints_a_key()
    {
        var printed = Run("create", File).All + Run("rotate", File).All + Run("status", File).All + Run("status", File, "--json").All + Run("rotate", File).All;
        foreach (var entry in KeyRingFile.Read(File))
        {
            Assert.DoesNotContain(Convert.ToBase64String(entry.MasterKey)[..8], printed, StringComparison.Ordinal);
        }
    }

    private static void AssertFails(Ran ran, string expected)
    {
        Assert.Equal(2, ran.Code);
        Assert.Contains(expected, ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Output);
    }

    // The JSON and the table say the same.
    private void AssertStatus(string expected, string nextStep)
    {
        using var json = JsonDocument.Parse(Run("status", File, "--json").Output);
        var epochs = json.RootElement.GetProperty("epochs").EnumerateArray().Select(epoch =>
            $"{epoch.GetProperty("epoch").GetInt32()} {epoch.GetProperty("role").GetString()} since {epoch.GetProperty("since").GetString()} until {epoch.GetProperty("until").GetString()}");
        Assert.Equal(expected, string.Join("; ", epochs));
        Assert.Equal(nextStep, Named(Assert.Single(json.RootElement.GetProperty("next_steps").EnumerateArray()).GetString()!));

        var shown = Run("status", File);
        Assert.Equal(nextStep + "\n", shown.Output);
        var rows = shown.Screen.Split('\n').Where(static line => line.Contains("hmac-", StringComparison.Ordinal))
            .Select(static line => line.Split('│', StringSplitOptions.TrimEntries))
            .Select(static cells => $"{cells[1]} {cells[3]} since {cells[4]} until {cells[5]}");
        Assert.Equal(expected, string.Join("; ", rows));
    }

    private Ran Run(params string[] arguments)
    {
        var terminal = new TestTerminal();
        var parsed = KeysCommand.Create(terminal.Terminal, _time).Parse(arguments);
        var code = parsed.Errors.Count > 0 ? 2 : parsed.Invoke(new InvocationConfiguration { Output = terminal.Terminal.Output, Error = terminal.Terminal.Error });
        return new Ran(code, Named(terminal.Output), Named(terminal.Error), terminal.ScreenText);
    }

    private string Named(string text) => text.Replace(File, "FILE", StringComparison.Ordinal);

    private sealed record Ran(int Code, string Output, string Error, string Screen)
    {
        public string All => Output + Error + Screen;
    }
}
