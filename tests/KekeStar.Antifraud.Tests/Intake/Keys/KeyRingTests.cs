using System.Runtime.Versioning;
using System.Text.Json;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);

    private static readonly string OtherKey = Convert.ToBase64String([.. Enumerable.Range(101, 32).Select(number => (byte)number)]);

    private static readonly DateTimeOffset Now = KeySchedules.Start;

    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    private string File => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_file_of_its_owner_alone_is_read()
    {
        Write($$"""{"epoch": 3, "key": "{{Key}}"}""");
        var ring = KeyRing.Load(new KeyRingOptions { File = File }, Now);
        Assert.Equal(3, ring.At(0).Current.Number);
        Assert.Equal(new KeyEpoch(3, Convert.FromBase64String(Key)).Key(5), ring.At(0).Current.Key(5));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupExecute, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherExecute, false)]
    public void A_key_file_that_others_can_touch_is_refused(UnixFileMode mode, bool accepted)
    {
        Write($$"""{"epoch": 1, "key": "{{Key}}"}""");
        System.IO.File.SetUnixFileMode(File, mode);
        if (accepted)
        {
            Assert.Equal(1, KeyRing.Load(new KeyRingOptions { File = File }, Now).At(0).Current.Number);
        }
        else
        {
            AssertRefused(new KeyRingOptions { File = File }, "chmod 600");
        }
    }

    [Theory]
    [InlineData("", "line 1 is not JSON of the form")]
    [InlineData("{", "line 1 is not JSON of the form")]
    [InlineData("""{"epoch": 1, "key": "KEY"} x""", "is not JSON of the form")]
    [InlineData("""{"epoch": 1, "key": "KEY"} {}""", "is not JSON of the form")]
    [InlineData("[]", "is not of the form")]
    [InlineData("null", "is not of the form")]
    [InlineData("{}", "is not of the form")]
    [InlineData("""{"epochs": {}}""", "is not of the form")]
    [InlineData("""{"epochs": [1]}""", "is not of the form")]
    [InlineData("""{"epochs": [{}]}""", "epochs[0] has no \"key\"")]
    [InlineData("""{"epochs": []}""", "\"epochs\" has no entry")]
    [InlineData("""{"epochs": [{"epoch": 1, "key": "KEY"}], "more": 1}""", "is not of the form")]
    [InlineData("""{"epoch": "SECRET", "key": "KEY"}""", "epoch is no whole number; allowed are 1 to 255")]
    [InlineData("""{"epoch": 1.5, "key": "KEY"}""", "epoch is no whole number; allowed are 1 to 255")]
    [InlineData("""{"epoch": 1, "key": 5}""", "key is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1}""", "it has no \"key\"")]
    [InlineData("""{"epoch": 1, "key": ""}""", "key is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "SECRET!SECRET!"}""", "key is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "U0VDUkVU"}""", "key is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "key is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "KEY", "SECRET": 1}""", "it has a field twice, or one that is none of")]
    [InlineData("""{"epoch": 1, "epoch": 1, "key": "KEY"}""", "it has a field twice, or one that is none of")]
    [InlineData("""{"epoch": 1, "key": "KEY", "algorithm": "SECRET"}""", "algorithm is unknown; allowed are hmac-sha256 and hmac-sm3")]
    [InlineData("""{"epoch": 1, "key": "KEY", "begins": "SECRET"}""", "begins is no time of the form 2026-11-25T10:00:00Z")]
    [InlineData("""{"epoch": 1, "key": "KEY", "begins": "2026-11-25T10:00:00"}""", "begins is no time of the form 2026-11-25T10:00:00Z")]
    [InlineData("""{"epoch": 1, "key": "KEY", "begins": "9999-11-25T10:00:00Z"}""", "begins is no time of the form 2026-11-25T10:00:00Z")]
    [InlineData("""{"epochs": [{"epoch": 1, "key": "KEY"}, {"epoch": 2, "key": "SECRET"}]}""", "epochs[1].key is not base64")]
    [InlineData("""{"epochs": [{"epoch": 1, "key": "KEY"}, {"epoch": 2, "key": "OTHER"}]}""", "epochs[1].begins is missing")]
    [InlineData("""{"epochs": [{"epoch": 1, "key": "KEY"}, {"epoch": 1, "key": "OTHER", "begins": "2027-01-01T00:00:00Z"}]}""", "epochs[1].epoch is 1, which an entry before it has")]
    [InlineData("""{"epochs": [{"epoch": 1, "key": "KEY"}, {"epoch": 2, "key": "KEY", "begins": "2027-01-01T00:00:00Z"}]}""", "epochs[1].key is the key of an entry before it")]
    [InlineData("""{"epochs": [{"epoch": 1, "key": "KEY", "begins": "2026-01-01T00:00:00Z"}, {"epoch": 2, "key": "OTHER", "begins": "2026-02-03T01:09:59Z"}]}""", "epochs[1].begins is 2026-02-03T01:09:59Z, but the rotation before it is over at 2026-02-03T01:10:00Z")]
    public void A_wrong_key_file_is_refused_with_its_fault_and_never_its_content(string content, string expected)
    {
        content = content.Replace("KEY", Key, StringComparison.Ordinal).Replace("OTHER", OtherKey, StringComparison.Ordinal);
        Write(content);
        var message = AssertRefused(new KeyRingOptions { File = File }, expected);
        Assert.Contains($"'{File}' (Antifraud:Keys:File): ", message, StringComparison.Ordinal);
        Assert.Contains("Antifraud:Keys:Ring: ", AssertRefused(new KeyRingOptions { Ring = content.Length == 0 ? " " : content }, expected), StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..8], message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", message, StringComparison.Ordinal);
        Assert.DoesNotContain("U0VDUkVU", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void An_epoch_is_1_to_255_wherever_it_comes_from(int epoch, bool accepted)
    {
        Write(JsonSerializer.Serialize(new { epoch, key = Key }));
        foreach (var options in new[] { new KeyRingOptions { File = File }, new KeyRingOptions { MasterKey = Key, Epoch = epoch } })
        {
            if (accepted)
            {
                Assert.Equal(epoch, KeyRing.Load(options, Now).At(0).Current.Number);
            }
            else
            {
                AssertRefused(options, "allowed are 1 to 255");
            }
        }
    }

    [Fact]
    public void A_file_without_an_epoch_is_refused()
    {
        Write($$"""{"key": "{{Key}}"}""");
        AssertRefused(new KeyRingOptions { File = File }, "\"epoch\"");
    }

    [Theory]
    [InlineData("SECRET")]
    [InlineData("   ")]
    [InlineData("AAAA")]
    public void A_wrong_master_key_is_refused_and_not_repeated(string text)
    {
        var message = AssertRefused(new KeyRingOptions { MasterKey = text }, "Antifraud:Keys:MasterKey");
        Assert.DoesNotContain(text.Trim() is { Length: > 0 } secret ? secret : "\0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_master_key_setting_wins_over_the_file_and_may_end_in_a_line_break()
    {
        var ring = KeyRing.Load(new KeyRingOptions { File = "/nowhere/keys.json", MasterKey = Key + "\n", Epoch = 4 }, Now);
        Assert.Equal(4, ring.At(0).Current.Number);
    }

    [Fact]
    public void A_ring_has_an_algorithm_and_a_beginning_for_each_epoch_wherever_it_comes_from()
    {
        var text = $$"""
            {"epochs": [
              {"epoch": 7, "key": "{{Key}}"},
              {"begins": "2026-11-25T10:00:00Z", "algorithm": "hmac-sm3", "key": "{{OtherKey}}", "epoch": 2}]}
            """;
        Write(text);
        foreach (var options in new[] { new KeyRingOptions { File = File }, new KeyRingOptions { Ring = text, File = "/nowhere/keys.json" } })
        {
            var ring = KeyRing.Load(options, Now);
            Assert.Equal([(7, KeyAlgorithm.HmacSha256), (2, KeyAlgorithm.HmacSm3)], ring.Epochs.Select(epoch => ((int)epoch.Number, epoch.Algorithm)));
            Assert.Equal([7, 2], ring.At(Now.ToUnixTimeMilliseconds()).All.Select(epoch => (int)epoch.Number));
            Assert.Equal([7], ring.At(Now.ToUnixTimeMilliseconds() - 1).All.Select(epoch => (int)epoch.Number));
            Assert.Equal(Now + KeySchedule.FillDuration, ring.Status(Now)[1].Until);
        }
    }

    [Fact]
    public void A_first_epoch_that_is_not_filled_is_refused_until_it_is()
    {
        Write($$"""{"epochs": [{"epoch": 2, "key": "{{Key}}", "begins": "2026-11-25T10:00:00Z"}]}""");
        var message = AssertRefused(new KeyRingOptions { File = File }, "the first epoch (2) is not filled before 2026-12-12T10:00:00Z");
        Assert.Contains("take \"begins\" out", message, StringComparison.Ordinal);
        Assert.Equal(2, KeyRing.Load(new KeyRingOptions { File = File }, Now + KeySchedule.FillDuration).At(0).Current.Number);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        KeyRingEntry[] entries = [KeyRingEntry.Random(255, KeyAlgorithm.HmacSm3, begins: null), KeyRingEntry.Random(1, KeyAlgorithm.HmacSha256, Now)];
        KeyRingFile.Replace(File, entries);
        var read = KeyRingFile.Read(File);
        Assert.Equal(Parts(entries), Parts(read));
        KeyRingFile.Replace(File, read.Skip(1));
        Assert.Equal(Parts(entries[1..]), Parts(KeyRingFile.Read(File)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.GetFiles(_folder));

        static (byte, KeyAlgorithm, DateTimeOffset?, string)[] Parts(KeyRingEntry[] entries) =>
            [.. entries.Select(entry => (entry.Number, entry.Algorithm, entry.Begins, Convert.ToHexString(entry.MasterKey)))];
    }

    [Fact]
    public void No_key_is_ever_made_silently()
    {
        AssertRefused(new KeyRingOptions(), "Antifraud:Keys:File");
        AssertRefused(new KeyRingOptions { CreateIfMissing = true }, "Antifraud:Keys:File");
        AssertRefused(new KeyRingOptions { File = "" }, "Antifraud:Keys:File");
        AssertRefused(new KeyRingOptions { File = File }, "does not exist");
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_missing_file_is_made_where_that_was_asked_for_and_then_kept()
    {
        var options = new KeyRingOptions { File = Path.Combine(_folder, "deeper", "keys.json"), CreateIfMissing = true };
        var first = KeyRing.Load(options, Now);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(options.File));
        Assert.Equal(first.At(0).Current.Key(1), KeyRing.Load(options, Now).At(0).Current.Key(1));
        Assert.NotEqual(new KeyEpoch(1, new byte[32]).Key(1), first.At(0).Current.Key(1));

        var other = new KeyRingOptions { File = File, CreateIfMissing = true };
        Assert.NotEqual(first.At(0).Current.Key(1), KeyRing.Load(other, Now).At(0).Current.Key(1));
    }

    [Fact]
    public void A_wrong_file_is_never_overwritten()
    {
        Write("{}");
        AssertRefused(new KeyRingOptions { File = File, CreateIfMissing = true }, "is not of the form");
        Assert.Throws<IOException>(() => KeyRingFile.Create(File));
        Assert.Equal("{}", System.IO.File.ReadAllText(File));
    }

    private static string AssertRefused(KeyRingOptions options, string expected)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => KeyRing.Load(options, Now));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        return exception.ToString();
    }

    private void Write(string content)
    {
        System.IO.File.WriteAllText(File, content);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
