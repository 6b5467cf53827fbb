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
    public async Task The_last_events_of_an_account_that_changes_its_device_all_day_are_found()
    {
        using var windows = new WindowsUnderTest(_store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        ScoreEvent last = null!;
        for (var number = 0; number < 3000; number++)
        {
            last = windows.Event(number, Scene.Login, now, (EntitySlot.Account, 1), (EntitySlot.Device, number), (EntitySlot.Imei, number), (EntitySlot.Ip, number));
            await WindowsUnderTest.ObserveAsync(windows.Instance, last);
        }

        // Every one of them can be found by account: that is what erasure goes by.
        Assert.Equal(3000 * ((3 * EntityContext.EntityLength) + EntityContext.TailLength), (await ContextAsync(windows)).Length);
        await EventWindowsTests.ReportAsync(windows, last, Outcome.LoginFailed);
        var counts = await WindowsUnderTest.ObserveAsync(
            windows.Instance, windows.Event(9999, Scene.Login, now, (EntitySlot.Imei, 2999)));
        Assert.Equal(1, counts[EntitySlot.Imei][WindowMetric.Failures, (int)WindowLength.OneHour]);
    }

    [Fact]
    public async Task Past_the_bound_an_account_is_written_to_its_own_log_alone()
    {
        using var windows = new WindowsUnderTest(_store);
        var now = windows.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var key = ContextKey(windows);
        await _store.AppendAsync(key, new byte[EntityContexts.FullLength], WindowLimits.Retention, Patience.Limit);
        await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(1, Scene.Login, now, (EntitySlot.Account, 1), (EntitySlot.Device, 1)));
        await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(2, Scene.Login, now, (EntitySlot.Account, 1), (EntitySlot.Device, 2)));

        var counts = await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(3, Scene.Login, now, (EntitySlot.Account, 1), (EntitySlot.Device, 2)));
        Assert.Equal(3, counts[EntitySlot.Account][WindowMetric.Events, (int)WindowLength.OneHour]);
        Assert.Equal(1, counts[EntitySlot.Device][WindowMetric.Events, (int)WindowLength.OneHour]);

        // Others' events on the same device are written as ever, whatever the account did.
        counts = await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(4, Scene.Login, now, (EntitySlot.Account, 2), (EntitySlot.Device, 2)));
        Assert.Equal(1, counts[EntitySlot.Device][WindowMetric.Events, (int)WindowLength.OneHour]);
        counts = await WindowsUnderTest.ObserveAsync(windows.Instance, windows.Event(5, Scene.Login, now, (EntitySlot.Account, 2), (EntitySlot.Device, 2)));
        Assert.Equal(2, counts[EntitySlot.Device][WindowMetric.Events, (int)WindowLength.OneHour]);
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

    private static byte[] ContextKey(WindowsUnderTest windows)
    {
        var key = windows.KeyOf(EntityKind.Account, windows.Entity(EntityKind.Account, 1));
        key[0] = EntityContexts.KeyPrefix;
        return key;
    }

    private async Task<ReadOnlyMemory<byte>> ContextAsync(WindowsUnderTest windows) =>
        (await _store.ReadAsync(ContextKey(windows), 0, Patience.Limit)).Value;
}
