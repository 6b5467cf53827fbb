using System.Runtime.Versioning;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

[UnsupportedOSPlatform("windows")]
public sealed class SealingKeysTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("sealing-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private readonly LoggerFactory _loggers;

    public SealingKeysTests() => _loggers = new LoggerFactory([_log]);

    private string File => Path.Combine(_folder, "sealing.json");

    public void Dispose()
    {
        _loggers.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead, true)]
    [InlineData(OwnerAlone, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherExecute, false)]
    public void A_file_that_others_can_touch_is_refused(UnixFileMode mode, bool accepted)
    {
        Write(SealingUnderTest.Text((1, SealingUnderTest.Key)));
        System.IO.File.SetUnixFileMode(File, mode);
        if (accepted)
        {
            using var keys = Open();
            Assert.Equal(SealingUnderTest.Key, keys.Find(1)!.Bytes.ToArray());
        }
        else
        {
            Assert.Contains("chmod 600", AssertRefused(new SealingKeyOptions { File = File }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_failure_at_the_start_names_the_setting()
    {
        Write("{}");
        Assert.StartsWith($"Antifraud:Sealing:File is '{File}': it has no \"keys\"", AssertRefused(new SealingKeyOptions { File = File }), StringComparison.Ordinal);
        Assert.StartsWith("Antifraud:Sealing:Keys: it has no \"keys\"", AssertRefused(new SealingKeyOptions { Keys = "{}" }), StringComparison.Ordinal);
        Write(new string(' ', 70_000));
        Assert.Contains("more than 65536 bytes", AssertRefused(new SealingKeyOptions { File = File }), StringComparison.Ordinal);
        System.IO.File.Delete(File);
        Assert.StartsWith("Antifraud:Sealing:File", AssertRefused(new SealingKeyOptions { File = File }), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_configured_by_default()
    {
        using var keys = new SealingKeys(new SealingKeyOptions(), _time, _loggers.CreateLogger<SealingKeys>());
        Assert.True(keys.IsEmpty);
        Assert.Null(keys.Find(0));
    }

    [Fact]
    public void A_rotation_takes_the_new_key_in_and_then_the_old_one_out()
    {
        Write(SealingUnderTest.Text((1, SealingUnderTest.Key)));
        using var keys = Open();
        var opener = new SealedIdentifiers(keys, sets: 2);
        using var before = new IdentifierSealer(1, SealingUnderTest.Key);
        using var after = new IdentifierSealer(2, SealingUnderTest.OtherKey);
        Assert.Equal((RequestError.None, RequestError.SealedKeyUnknown), (Open(opener, before), Open(opener, after)));
        var kept = keys.Find(1)!;

        Write(SealingUnderTest.Text((1, SealingUnderTest.Key), (2, SealingUnderTest.OtherKey)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((RequestError.None, RequestError.None), (Open(opener, before), Open(opener, after)));
        Assert.Same(kept, keys.Find(1));
        Assert.InRange(opener.CipherCount, 2, 4);

        Write(SealingUnderTest.Text((2, SealingUnderTest.OtherKey)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((RequestError.SealedKeyUnknown, RequestError.None), (Open(opener, before), Open(opener, after)));
        Assert.InRange(opener.CipherCount, 1, 2);
        Assert.All(kept.Bytes.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_key_replaced_under_its_number_opens_nothing_of_the_old_one()
    {
        Write(SealingUnderTest.Text((1, SealingUnderTest.Key)));
        using var keys = Open();
        var opener = new SealedIdentifiers(keys);
        using var before = new IdentifierSealer(1, SealingUnderTest.Key);
        Assert.Equal(RequestError.None, Open(opener, before));

        Write(SealingUnderTest.Text((1, SealingUnderTest.OtherKey)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RequestError.SealedNotOpened, Open(opener, before));
        Assert.Equal(0, opener.CipherCount);
    }

    [Theory]
    [InlineData("{\"keys\": [{\"id\": 2, \"key\": \"SECRET\"}]}", "keys[0].key is not base64")]
    [InlineData("", "is not JSON")]
    [InlineData(null, "cannot be read")]
    public void A_wrong_file_changes_nothing_and_is_logged_once(string? text, string expected)
    {
        Write(SealingUnderTest.Text((1, SealingUnderTest.Key)));
        using var keys = Open();
        if (text is null)
        {
            System.IO.File.Delete(File);
        }
        else
        {
            Write(text);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(keys.Find(1));
        var line = Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", line, StringComparison.Ordinal);

        Write(SealingUnderTest.Text((1, SealingUnderTest.Key), (2, SealingUnderTest.OtherKey)));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(keys.Find(2));
    }

    [Fact]
    public void A_file_opened_to_others_while_running_is_refused_and_the_old_keys_stay()
    {
        Write(SealingUnderTest.Text((1, SealingUnderTest.Key)));
        using var keys = Open();
        Write(SealingUnderTest.Text((2, SealingUnderTest.Key)));
        System.IO.File.SetUnixFileMode(File, OwnerAlone | UnixFileMode.OtherRead);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.NotNull(keys.Find(1));
        Assert.Null(keys.Find(2));
        Assert.Contains("chmod 600", Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_of_the_log_holds_a_key()
    {
        Write(SealingUnderTest.Text((1, SealingUnderTest.Key)));
        using var keys = Open();
        Assert.Contains(_log.Lines, line => line.EndsWith("Sealing keys in force: 1. ", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains(Convert.ToBase64String(SealingUnderTest.Key), StringComparison.Ordinal));
    }

    private static RequestError Open(SealedIdentifiers opener, IdentifierSealer sealer) =>
        opener.Open(sealer.Seal("x"u8, "e"u8), "e"u8, new byte[1]);

    private static string AssertRefused(SealingKeyOptions options) => Assert.Throws<InvalidOperationException>(
        () => new SealingKeys(options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<SealingKeys>.Instance)).Message;

    private SealingKeys Open() => new(new SealingKeyOptions { File = File }, _time, _loggers.CreateLogger<SealingKeys>());

    private void Write(string text)
    {
        System.IO.File.WriteAllText(File, text);
        System.IO.File.SetUnixFileMode(File, OwnerAlone);
    }
}
