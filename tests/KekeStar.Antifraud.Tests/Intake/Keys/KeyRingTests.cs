using System.Runtime.Versioning;
using System.Text.Json;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IDisposable
{
    private static readonly string Key = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);

    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;

    private string File => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_file_of_its_owner_alone_is_read()
    {
        Write($$"""{"epoch": 3, "key": "{{Key}}"}""");
        var ring = KeyRing.Load(new KeyRingOptions { File = File });
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
            Assert.Equal(1, KeyRing.Load(new KeyRingOptions { File = File }).At(0).Current.Number);
        }
        else
        {
            AssertRefused(new KeyRingOptions { File = File }, "chmod 600");
        }
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "is not JSON")]
    [InlineData("""{"epoch": "one", "key": "SECRET"}""", "is not JSON")]
    [InlineData("""{"epoch": 1, "key": 5}""", "is not JSON")]
    [InlineData("null", "has no \"key\"")]
    [InlineData("""{"epoch": 1}""", "has no \"key\"")]
    [InlineData("""{"epoch": 1, "key": ""}""", "is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "SECRET!SECRET!"}""", "is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "U0VDUkVU"}""", "is not base64 of exactly 32 bytes")]
    [InlineData("""{"epoch": 1, "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "is not base64 of exactly 32 bytes")]
    public void A_wrong_key_file_is_refused_with_its_fault_and_never_its_content(string content, string expected)
    {
        Write(content);
        var message = AssertRefused(new KeyRingOptions { File = File }, expected);
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
                Assert.Equal(epoch, KeyRing.Load(options).At(0).Current.Number);
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
        var ring = KeyRing.Load(new KeyRingOptions { File = "/nowhere/keys.json", MasterKey = Key + "\n", Epoch = 4 });
        Assert.Equal(4, ring.At(0).Current.Number);
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
        var first = KeyRing.Load(options);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(options.File));
        Assert.Equal(first.At(0).Current.Key(1), KeyRing.Load(options).At(0).Current.Key(1));
        Assert.NotEqual(new KeyEpoch(1, new byte[32]).Key(1), first.At(0).Current.Key(1));

        var other = new KeyRingOptions { File = File, CreateIfMissing = true };
        Assert.NotEqual(first.At(0).Current.Key(1), KeyRing.Load(other).At(0).Current.Key(1));
    }

    [Fact]
    public void A_wrong_file_is_never_overwritten()
    {
        Write("{}");
        AssertRefused(new KeyRingOptions { File = File, CreateIfMissing = true }, "has no \"key\"");
        Assert.Throws<IOException>(() => KeyRing.Create(File));
        Assert.Equal("{}", System.IO.File.ReadAllText(File));
    }

    private static string AssertRefused(KeyRingOptions options, string expected)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => KeyRing.Load(options));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        return exception.ToString();
    }

    private void Write(string content)
    {
        System.IO.File.WriteAllText(File, content);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
