using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>What is remembered of an event's entities stays bounded and does not outlive its use.</summary>
public sealed class EntityContextsTests : IAsyncLifetime
{
    private readonly GarnetWindowStore _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task An_account_that_changes_its_device_all_day_keeps_a_bounded_context_and_its_last_events_are_found()
    {
        using var windows = new WindowsUnderTest(_store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        ScoreEvent last = null!;
        for (var number = 0; number < 3000; number++)
        {
            last = windows.Event(number, Scene.Login, now, (EntitySlot.Account, 1), (EntitySlot.Device, number), (EntitySlot.Imei, number), (EntitySlot.Ip, number));
            await WindowsUnderTest.ObserveAsync(windows.Instance, last);
        }

        // The bound, and what may come on top until the next entry looks after the log: one in eight does.
        Assert.InRange((await ContextAsync(windows)).Length, EntityContexts.MaxLength / 2, EntityContexts.MaxLength * 2);
        await EventWindowsTests.ReportAsync(windows, last, Outcome.LoginFailed);
        var counts = await WindowsUnderTest.ObserveAsync(
            windows.Instance, windows.Event(9999, Scene.Login, now, (EntitySlot.Imei, 2999)));
        Assert.Equal(1, counts[EntitySlot.Imei][WindowMetric.Failures, (int)WindowLength.OneHour]);
    }

    [Fact]
    public async Task Contexts_of_events_that_no_report_can_reach_go()
    {
        using var windows = new WindowsUnderTest(_store);
        for (var number = 0; number < 200; number++)
        {
            windows.Clock.Advance(TimeSpan.FromDays(1));
            await WindowsUnderTest.ObserveAsync(
                windows.Instance,
                windows.Event(number, Scene.Login, windows.Clock.GetUtcNow().ToUnixTimeMilliseconds(), (EntitySlot.Account, 1), (EntitySlot.Device, 1)));
        }

        // An entry a day of 30 bytes; eight days are within reach, and one entry in eight looks after the log.
        Assert.InRange((await ContextAsync(windows)).Length, 1, 30 * (8 + 60));
    }

    private async Task<ReadOnlyMemory<byte>> ContextAsync(WindowsUnderTest windows)
    {
        var key = windows.KeyOf(EntityKind.Account, windows.Entity(EntityKind.Account, 1));
        key[0] = EntityContexts.KeyPrefix;
        return (await _store.ReadAsync(key, 0, TimeSpan.FromSeconds(5))).Value;
    }
}
