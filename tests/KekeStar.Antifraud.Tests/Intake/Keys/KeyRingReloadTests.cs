using System.Runtime.Versioning;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class KeyRingReloadTests : IDisposable
{
    private static readonly DateTimeOffset Begins = KeySchedules.Start;

    private readonly string _folder = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly FakeTimeProvider _time = new(Begins - TimeSpan.FromMinutes(10));
    private readonly RecordingLog _log = new();
    private readonly KeyRingEntry _first = KeyRingEntry.Random(1, KeyAlgorithm.HmacSha256, begins: null);
    private readonly KeyRingEntry _second = KeyRingEntry.Random(2, KeyAlgorithm.HmacSm3, Begins);

    private string File => Path.Combine(_folder, "keys.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_rotation_runs_its_whole_way_and_a_restart_at_any_time_changes_nothing()
    {
        // Of the default of 5 s there would be 600,000 polls in the 33 days.
        Write(_first);
        var (ring, reload) = Start(TimeSpan.FromMinutes(1));
        using var watched = reload;
        var first = ring.At(Now()).Current;

        Write(_first, _second);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, ring.Epochs.Count);
        Assert.Same(first, ring.Epochs[0]);

        TimeSpan[] steps = [Begins - _time.GetUtcNow(), KeySchedule.FillDuration, KeySchedule.SwitchGrace, KeySchedule.RetireDuration + TimeSpan.FromHours(1)];
        foreach (var step in steps)
        {
            AssertLikeRestarted(ring);
            Advance(step - TimeSpan.FromMilliseconds(1));
            AssertLikeRestarted(ring);
            Advance(TimeSpan.FromMilliseconds(1));
        }

        AssertLikeRestarted(ring);
        Assert.Equal([KeyEpochRole.Expired, KeyEpochRole.Current], ring.Status(_time.GetUtcNow()).Select(state => state.Role));

        Write(_second);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Assert.Single(ring.Epochs).Number);
        first.Pseudonymise(EntityKind.Imei, "1"u8);
        Advance(KeyRingReload.DestructionDelay);
        Assert.Throws<ObjectDisposedException>(() => first.Pseudonymise(EntityKind.Imei, "1"u8));
        AssertLikeRestarted(ring);

        Assert.Equal(
            [
                "Information: Key epoch 1 (hmac-sha256) is Current until a rotation begins.",
                "Information: The changed key file (Antifraud:Keys:File) is in force: epochs 1, 2.",
                "Information: Key epoch 2 (hmac-sm3) is Pending until 2026-11-25T10:00:00Z.",
                "Information: Key epoch 2 (hmac-sm3) is Filling until 2026-12-12T10:00:00Z.",
                "Information: Key epoch 1 (hmac-sha256) is Retiring until 2026-12-28T11:10:00Z.",
                "Information: Key epoch 2 (hmac-sm3) is Current until a rotation begins.",
                "Warning: Key epoch 1 is expired. Destroy its key ('antifraud keys destroy') and the copies of it.",
                "Information: The changed key file (Antifraud:Keys:File) is in force: epochs 2.",
                "Information: The key of epoch 1 is wiped from this process.",
            ],
            Logged());
    }

    [Fact]
    public void A_wrong_file_changes_nothing_is_told_once_and_may_be_mended()
    {
        Write(_first);
        var (ring, reload) = Start();
        using var watched = reload;
        var set = ring.At(Now());

        System.IO.File.WriteAllText(File, "{\"epochs\": [");
        Advance(TimeSpan.FromMinutes(1));
        System.IO.File.Delete(File);
        Advance(TimeSpan.FromMinutes(1));
        Write(_first);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Advance(TimeSpan.FromMinutes(1));
        Assert.Same(set, ring.At(Now()));
        Assert.Collection(
            Logged().Skip(1),
            static line => Assert.StartsWith("Error: The changed key file (Antifraud:Keys:File) was rejected; the epochs before it stay in force: line 1 is not JSON", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("Error: The key file (Antifraud:Keys:File) cannot be read", line, StringComparison.Ordinal),
            static line => Assert.Contains("chmod 600", line, StringComparison.Ordinal));

        Write(_first, _second);
        Advance(TimeSpan.FromSeconds(4.9));
        Assert.Single(ring.Epochs);
        Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(2, ring.Epochs.Count);
    }

    [Fact]
    public void Another_key_or_algorithm_under_a_known_number_is_refused()
    {
        using var otherKey = KeyRingEntry.Random(1, KeyAlgorithm.HmacSha256, begins: null);
        using var otherAlgorithm = new KeyRingEntry(1, _first.MasterKey, KeyAlgorithm.HmacSm3, begins: null);
        AssertRefused([_first], [otherKey], TimeSpan.Zero, "epoch 1 has another key or algorithm than before");
        AssertRefused([_first], [otherAlgorithm], TimeSpan.Zero, "epoch 1 has another key or algorithm than before");
    }

    [Fact]
    public void An_epoch_that_is_not_expired_cannot_be_taken_out_but_a_pending_one_can()
    {
        AssertRefused([_first, _second], [_second], TimeSpan.FromMinutes(-5), "epoch 1 is missing, and it is not expired (current until 2026-12-12T10:00:00Z)");
        AssertRefused([_first, _second], [_first], TimeSpan.Zero, "epoch 2 is missing, and it is not expired (filling until 2026-12-12T10:00:00Z)");
        AssertRefused([_first, _second], [_first], KeySchedule.FillDuration, "epoch 2 is missing, and it is not expired. Bring it back");
        AssertRefused([_first, _second], [_second], KeySchedule.FillDuration, "epoch 1 is missing, and it is not expired (retiring until 2026-12-28T11:10:00Z)");
        AssertTaken([_first, _second], [_first], TimeSpan.FromMinutes(-5));
        AssertTaken([_first, _second], [_second], KeySchedule.RotationDuration);
    }

    [Fact]
    public void A_beginning_can_be_moved_while_it_lies_ahead_and_not_afterwards()
    {
        using var later = new KeyRingEntry(2, _second.MasterKey, KeyAlgorithm.HmacSm3, Begins + TimeSpan.FromDays(1));
        using var past = new KeyRingEntry(2, _second.MasterKey, KeyAlgorithm.HmacSm3, Begins - TimeSpan.FromMinutes(6));
        AssertTaken([_first, _second], [_first, later], TimeSpan.FromMinutes(-5));
        AssertRefused([_first, _second], [_first, past], TimeSpan.FromMinutes(-5), "epoch 2 would be filling at once");
        AssertRefused([_first, _second], [_first, later], TimeSpan.Zero, "the times of epoch 2, which is filling, have changed");
        AssertRefused([_first, _second], [_first, past], TimeSpan.FromMinutes(1), "the times of epoch 2, which is filling, have changed");
        AssertRefused([_first, _second], [_first, later], KeySchedule.RotationDuration, "the times of epoch 1, which is expired, have changed");
    }

    [Fact]
    public void An_epoch_that_comes_after_its_beginning_is_taken_within_the_margin_alone()
    {
        AssertTaken([_first], [_first, _second], KeySchedule.LatestLoad);
        AssertRefused([_first], [_first, _second], KeySchedule.LatestLoad + TimeSpan.FromSeconds(1), "epoch 2 is new and its \"begins\" is too long past");
        AssertRefused([_first], [_first, _second], KeySchedule.FillDuration, "the times of epoch 1, which is current, have changed");
    }

    [Fact]
    public void A_refusal_that_the_clock_ends_is_tried_again()
    {
        Write(_first, _second);
        _time.SetUtcNow(Begins + KeySchedule.RotationDuration - TimeSpan.FromMinutes(1));
        var (ring, reload) = Start();
        using var watched = reload;
        Write(_second);
        Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, ring.Epochs.Count);
        Advance(TimeSpan.FromSeconds(35));
        Assert.Single(ring.Epochs);
    }

    [Fact]
    public void A_ring_from_the_environment_is_not_looked_for_in_a_file_but_its_roles_are_told()
    {
        var text = $$"""{"epochs": [{"epoch": 1, "key": "{{Base64(_first)}}"}, {"epoch": 2, "key": "{{Base64(_second)}}", "begins": "2026-11-25T10:00:00Z"}]}""";
        var options = new KeyRingOptions { Ring = text, File = File };
        var ring = KeyRing.Load(options, _time.GetUtcNow());
        using var reload = Start(ring, options);
        Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("Information: Key epoch 2 (hmac-sha256) is Filling until 2026-12-12T10:00:00Z.", Logged()[^1]);
        Assert.DoesNotContain(Logged(), static line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static string Base64(KeyRingEntry entry) => Convert.ToBase64String(entry.MasterKey);

    private void AssertTaken(KeyRingEntry[] before, KeyRingEntry[] after, TimeSpan sinceBegins)
    {
        var (ring, change) = Replace(before, after, sinceBegins);
        Assert.Null(Record.Exception(change));
        Assert.Equal(after.Select(entry => entry.Number), ring.Epochs.Select(epoch => epoch.Number));
    }

    private void AssertRefused(KeyRingEntry[] before, KeyRingEntry[] after, TimeSpan sinceBegins, string expected)
    {
        var (ring, change) = Replace(before, after, sinceBegins);
        var (epochs, set) = (ring.Epochs, ring.At((Begins + sinceBegins).ToUnixTimeMilliseconds()));
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(change).Message, StringComparison.Ordinal);
        Assert.Same(epochs, ring.Epochs);
        Assert.Same(set, ring.At((Begins + sinceBegins).ToUnixTimeMilliseconds()));
        Assert.All(epochs, static epoch => epoch.Pseudonymise(EntityKind.Imei, "1"u8));
    }

    private (KeyRing Ring, Action Change) Replace(KeyRingEntry[] before, KeyRingEntry[] after, TimeSpan sinceBegins)
    {
        Write(before);
        var ring = KeyRing.Load(new KeyRingOptions { File = File }, Begins + sinceBegins);
        Write(after);
        return (ring, () => ring.Replace(KeyRingFile.Read(File), Begins + sinceBegins));
    }

    private void AssertLikeRestarted(KeyRing ring)
    {
        var restarted = KeyRing.Load(new KeyRingOptions { File = File }, _time.GetUtcNow());
        var (here, there) = (ring.At(Now()), restarted.At(Now()));
        Assert.Equal(
            (here.Current.Number, here.Other?.Number, here.WritesOther),
            (there.Current.Number, there.Other?.Number, there.WritesOther));
        Assert.Equal(ring.Status(_time.GetUtcNow()), restarted.Status(_time.GetUtcNow()));
        Assert.True(here.Current.MakesTheSameAs(there.Current));
    }

    private (KeyRing Ring, KeyRingReload Reload) Start(TimeSpan? interval = null)
    {
        var options = new KeyRingOptions { File = File };
        options.PollInterval = interval ?? options.PollInterval;
        var ring = KeyRing.Load(options, _time.GetUtcNow());
        return (ring, Start(ring, options));
    }

    private KeyRingReload Start(KeyRing ring, KeyRingOptions options)
    {
        var reload = new KeyRingReload(ring, options, _time, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<KeyRingReload>());
        Assert.True(reload.StartAsync(CancellationToken.None).IsCompletedSuccessfully);
        return reload;
    }

    private void Advance(TimeSpan time) => _time.Advance(time);

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private List<string> Logged() =>
        [.. _log.Lines.Select(static line => line.Replace($" {typeof(KeyRingReload).FullName}:", ":", StringComparison.Ordinal).TrimEnd())];

    private void Write(params KeyRingEntry[] entries) => KeyRingFile.Replace(File, entries);
}
