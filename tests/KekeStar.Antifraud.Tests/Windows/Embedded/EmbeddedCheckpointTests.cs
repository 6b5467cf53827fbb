using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Tsavorite.core;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>What a crash after a checkpoint leaves is whole, whatever was under way when it began (docs/decisions/0037).</summary>
public sealed class EmbeddedCheckpointTests
{
    private static readonly byte[] Key = [1];

    [Fact]
    public async Task A_log_that_is_being_made_when_a_checkpoint_begins_is_there_after_a_crash()
    {
        using var folder = new StoreFolder();
        await using var store = GarnetWindowStore.Open(folder.SmallOptions());
        await store.AppendAsync(new byte[] { 2 }, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
        using var isBeingMade = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        store.Census.OnBegin = () =>
        {
            store.Census.OnBegin = null;
            isBeingMade.Set();
            mayGoOn.Wait(Patience.Limit);
        };
        var append = OwnThread.Run(() => store.AppendAsync(Key, new byte[32], WindowLimits.Retention, TimeSpan.Zero).AsTask().Result);
        Assert.True(isBeingMade.Wait(Patience.Limit), "no log was begun");
        var checkpoint = OwnThread.Run(store.Maintenance.Checkpoint);

        // Time to begin, for a checkpoint that does not wait for the call.
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        mayGoOn.Set();
        Assert.Equal(StoreStatus.Ok, await append);
        await checkpoint;

        using var crashed = new StoreFolder();
        folder.CopyTo(crashed);
        await using var recovered = GarnetWindowStore.Open(crashed.SmallOptions());
        Assert.Equal(32, (await recovered.ReadAsync(Key, 0, TimeSpan.Zero)).Value.Length);
    }

    [Fact]
    public async Task No_call_goes_on_before_the_version_of_records_has_changed()
    {
        using var folder = new StoreFolder();
        await using var store = GarnetWindowStore.Open(folder.SmallOptions());
        await store.AppendAsync(Key, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
        using var mayChange = new ManualResetEventSlim();
        using var isHeld = new ManualResetEventSlim();
        var holder = OwnThread.Run(() =>
        {
            // The version changes when every thread has been seen outside of the epoch that it was to change in.
            var epoch = store.Garnet.Storage.DefaultDatabase.Epoch;
            epoch.Resume();
            isHeld.Set();
            mayChange.Wait(Patience.Limit);
            epoch.Suspend();
        });
        Assert.True(isHeld.Wait(Patience.Limit));
        var checkpoint = OwnThread.Run(store.Maintenance.Checkpoint);
        await Patience.UntilAsync(() => store.Garnet.Storage.store.SystemState.Phase == Phase.PREPARE);
        var append = OwnThread.Run(() => store.AppendAsync(Key, new byte[32], WindowLimits.Retention, TimeSpan.Zero).AsTask().Result);
        try
        {
            // Time for a call that does not wait.
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            Assert.False(append.IsCompleted);
        }
        finally
        {
            mayChange.Set();
        }

        Assert.Equal(StoreStatus.Ok, await append);
        Assert.True(await checkpoint);
        await holder;
        Assert.Equal(64, (await store.ReadAsync(Key, 0, TimeSpan.Zero)).Value.Length);
    }

    [Fact]
    public async Task A_checkpoint_that_waits_in_vain_says_so_and_a_sweep_wipes_nothing_without_one()
    {
        using var folder = new StoreFolder();
        await using (var store = GarnetWindowStore.Open(folder.SmallOptions()))
        {
            await store.AppendAsync(Key, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
            Assert.True(store.Maintenance.Checkpoint());
            var session = store.Sessions.Take()!;
            try
            {
                Assert.False(store.Maintenance.Checkpoint());
                Assert.False(store.Maintenance.Sweep());

                // Other calls go on.
                Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key, new byte[32], WindowLimits.Retention, TimeSpan.Zero));
                using var crashed = new StoreFolder();
                folder.CopyTo(crashed);
                await using var recovered = GarnetWindowStore.Open(crashed.SmallOptions());
                Assert.Equal(64, (await recovered.ReadAsync(Key, 0, TimeSpan.Zero)).Value.Length);
            }
            finally
            {
                store.Sessions.Return(session);
            }

            Assert.True(store.Maintenance.Sweep());
            Assert.True(store.Maintenance.Checkpoint());
        }

        await using var reopened = GarnetWindowStore.Open(folder.SmallOptions());
        Assert.Equal(64, (await reopened.ReadAsync(Key, 0, TimeSpan.Zero)).Value.Length);
    }
}
