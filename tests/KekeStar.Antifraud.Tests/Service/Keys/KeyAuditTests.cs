using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Service.Keys;
using KekeStar.Antifraud.Tests.Audit;

namespace KekeStar.Antifraud.Tests.Service.Keys;

/// <summary>What the audit log is told of a rotation.</summary>
public sealed class KeyAuditTests : IDisposable
{
    private readonly AuditUnderTest _audit = new();

    public void Dispose() => _audit.Dispose();

    [Fact]
    public async Task Every_role_of_a_rotation_and_the_destruction_of_the_old_key_are_written_once()
    {
        using var log = _audit.Open();
        using var first = Entry(1, begins: null);
        var ring = new KeyRing([(Epoch(1), null)]);
        var watch = new KeyAudit(ring, log, _audit.Time);
        await LookTwiceAsync(watch);
        Assert.Empty(_audit.Files);

        using var second = Entry(2, _audit.Time.GetUtcNow() + TimeSpan.FromMinutes(10));
        ring.Replace([first, second], _audit.Time.GetUtcNow());
        await LookTwiceAsync(watch);
        _audit.Time.Advance(TimeSpan.FromMinutes(10));
        await LookTwiceAsync(watch);
        _audit.Time.Advance(KeySchedule.FillDuration);
        await LookTwiceAsync(watch);
        _audit.Time.Advance(KeySchedule.RotationDuration);
        await LookTwiceAsync(watch);
        using var same = Entry(2, second.Begins);
        ring.Replace([same], _audit.Time.GetUtcNow());
        await LookTwiceAsync(watch);

        Assert.Equal(
            [
                "key_epoch_role 2 \"pending\"", "key_epoch_role 2 \"filling\"", "key_epoch_role 1 \"retiring\"", "key_epoch_role 2 \"current\"",
                "key_epoch_role 1 \"expired\"", "key_destroyed 1 ",
            ],
            Lines(),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_start_in_the_middle_of_a_rotation_writes_the_roles_that_hold()
    {
        using var log = _audit.Open();
        var ring = new KeyRing([(Epoch(1), null), (Epoch(2), _audit.Time.GetUtcNow() - TimeSpan.FromDays(1))]);

        await LookTwiceAsync(new KeyAudit(ring, log, _audit.Time));

        Assert.Equal(["key_epoch_role 2 \"filling\""], Lines().Where(static line => line.Contains(" 2 ", StringComparison.Ordinal)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_the_log_does_not_take_is_written_when_it_can_be()
    {
        using var log = _audit.Open();
        await log.AppendAsync(AuditUnderTest.Entry(0), CancellationToken.None);
        var ring = new KeyRing([(Epoch(1), null), (Epoch(2), _audit.Time.GetUtcNow() + TimeSpan.FromDays(1))]);
        var watch = new KeyAudit(ring, log, _audit.Time);
        Directory.Move(_audit.Directory, _audit.Directory + "-away");
        await watch.LookAsync(CancellationToken.None);
        Directory.Move(_audit.Directory + "-away", _audit.Directory);

        await LookTwiceAsync(watch);

        Assert.Single(Lines(), static line => line == "key_epoch_role 2 \"pending\"");
    }

    private static KeyEpoch Epoch(byte number) => new(number, [.. Enumerable.Repeat(number, KeyEpoch.MasterKeyLength)]);

    private static KeyRingEntry Entry(byte number, DateTimeOffset? begins) =>
        new(number, [.. Enumerable.Repeat(number, KeyEpoch.MasterKeyLength)], KeyAlgorithm.HmacSha256, begins);

    private static async Task LookTwiceAsync(KeyAudit watch)
    {
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
    }

    private IEnumerable<string> Lines() => _audit.Lines()
        .Where(static line => line.Action.StartsWith("key_", StringComparison.Ordinal))
        .Select(static line => $"{line.Action} {line.Details.Number("epoch")} {line.Details.Values.GetValueOrDefault("role")}");
}
