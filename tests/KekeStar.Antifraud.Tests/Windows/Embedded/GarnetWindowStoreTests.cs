using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

[Collection(nameof(AllocationCollection))]
public sealed class GarnetWindowStoreTests
{
    private static readonly WindowRecord Record = new(1_700_000_000_000, 1, 0, IsLate: false, 2, 3, 4);

    [Fact]
    public async Task Logs_times_to_live_and_removals_survive_a_clean_close()
    {
        using var folder = new StoreFolder();
        byte[] kept = [1, 2, 3];
        byte[] removed = [4, 5, 6];
        byte[] shortLived = [7];
        await using (var store = GarnetWindowStore.Open(folder.SmallOptions()))
        {
            await store.AppendAsync(kept, new byte[300], WindowLimits.Retention, TimeSpan.Zero);
            await store.AppendAsync(removed, new byte[64], WindowLimits.Retention, TimeSpan.Zero);
            Assert.True((await store.ReplaceAsync(removed, new byte[64], default, WindowLimits.Retention, TimeSpan.Zero)).Replaced);
            await store.AppendAsync(shortLived, new byte[64], TimeSpan.FromMinutes(1), TimeSpan.Zero);
        }

        await using var reopened = GarnetWindowStore.Open(folder.SmallOptions());
        Assert.Equal(300, (await reopened.ReadAsync(kept, 0, TimeSpan.Zero)).Value.Length);
        Assert.InRange(reopened.TimeToLive(kept)!.Value, WindowLimits.Retention - TimeSpan.FromMinutes(5), WindowLimits.Retention);
        Assert.Equal(0, (await reopened.ReadAsync(removed, 0, TimeSpan.Zero)).Value.Length);
        reopened.Maintenance.CompactOldest();
        Assert.Null(reopened.TimeToLive(removed));
        Assert.Equal(300, (await reopened.ReadAsync(kept, 0, TimeSpan.Zero)).Value.Length);
        Assert.InRange(reopened.TimeToLive(shortLived)!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_checkpoint_cuts_the_append_only_file_and_nothing_is_lost_or_doubled()
    {
        using var folder = new StoreFolder();
        byte[] key = [1];
        await using (var store = GarnetWindowStore.Open(folder.SmallOptions()))
        {
            await store.AppendAsync(key, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
            store.Maintenance.Checkpoint();
            Assert.InRange(store.Room.AppendLogBytes, 0, 4096);
            await store.AppendAsync(key, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
            store.Maintenance.CompactOldest();
            await store.AppendAsync(key, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
        }

        await using var reopened = GarnetWindowStore.Open(folder.SmallOptions());
        Assert.Equal(96, (await reopened.ReadAsync(key, 0, TimeSpan.Zero)).Value.Length);
    }

    [Fact]
    public async Task A_log_trimmed_before_a_close_is_trimmed_the_same_way_by_recovery()
    {
        using var folder = new StoreFolder();
        byte[] key = [1];
        var now = Record.TimeMilliseconds + 1000;
        byte[] trimmed;
        await using (var store = GarnetWindowStore.Open(folder.SmallOptions()))
        {
            var observation = new Observation();
            for (var i = 0; i < 300; i++)
            {
                observation.Clear();
                observation.AddAppend(key, Record with { TimeMilliseconds = Record.TimeMilliseconds + i, EventHash = (ulong)i + 1 }, WindowLimits.Retention, 0, -1);
                await store.ObserveAsync(observation, TimeSpan.Zero);
            }

            Assert.True((await store.TrimAsync(key, now, TimeSpan.Zero)).Replaced);
            trimmed = (await store.ReadAsync(key, 0, TimeSpan.Zero)).Value.ToArray();
            Assert.Equal((WindowLimits.TailRecords + 1) * WindowRecord.Length, trimmed.Length);
        }

        await using var reopened = GarnetWindowStore.Open(folder.SmallOptions());
        Assert.Equal(trimmed, (await reopened.ReadAsync(key, 0, TimeSpan.Zero)).Value.ToArray());
    }

    [Fact]
    public async Task A_directory_in_use_is_refused_by_name_and_free_again_after_closing()
    {
        using var folder = new StoreFolder();
        await using (GarnetWindowStore.Open(folder.SmallOptions()))
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => GarnetWindowStore.Open(folder.SmallOptions()));
            Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
        }

        await using var again = GarnetWindowStore.Open(folder.SmallOptions());
        Assert.Equal(StoreStatus.Ok, await again.PingAsync(TimeSpan.Zero));
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var options = new EmbeddedStoreOptions { DataDirectory = " ", MemoryBytes = 1, AppendLogBytes = 2, MaxDiskBytes = 3 };

        var refusal = Assert.Throws<ArgumentException>(() => GarnetWindowStore.Open(options));

        foreach (var name in new[] { "DataDirectory", "MemoryBytes is 1;", "AppendLogBytes is 2;", "MaxDiskBytes is 3;" })
        {
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_closed_store_answers_unavailable()
    {
        var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = EmbeddedStoreOptions.MinMemoryBytes });
        await store.DisposeAsync();
        await store.DisposeAsync();
        var observation = new Observation();
        observation.AddRead([1], 0, -1);

        Assert.Equal(StoreStatus.Unavailable, await store.ObserveAsync(observation, TimeSpan.Zero));
        Assert.Equal(StoreStatus.Unavailable, await store.PingAsync(TimeSpan.Zero));
        Assert.Equal(StoreStatus.Unavailable, (await store.ReadAsync(new byte[] { 1 }, 0, TimeSpan.Zero)).Status);
    }

    [Fact]
    public async Task A_store_in_memory_that_is_full_refuses_new_records_and_keeps_the_old_ones()
    {
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = EmbeddedStoreOptions.MinMemoryBytes });
        byte[] first = [1];
        await store.AppendAsync(first, new byte[32], WindowLimits.Retention, TimeSpan.Zero);
        var status = StoreStatus.Ok;
        for (var i = 0; i < 1_000_000 && status == StoreStatus.Ok; i++)
        {
            status = await store.AppendAsync(BitConverter.GetBytes(i), new byte[200], WindowLimits.Retention, TimeSpan.Zero);
        }

        Assert.Equal(StoreStatus.ReadOnly, status);
        Assert.Equal(StoreStatus.ReadOnly, await store.PingAsync(TimeSpan.Zero));
        Assert.Equal(32, (await store.ReadAsync(first, 0, TimeSpan.Zero)).Value.Length);
        var observation = new Observation();
        observation.AddRead(first, 0, -1);
        Assert.Equal(StoreStatus.Ok, await store.ObserveAsync(observation, TimeSpan.Zero));
    }

    [Fact]
    public async Task Observing_allocates_little()
    {
        const int rounds = 2_000;
        const int entries = 10;
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
        var observation = new Observation();
        var key = new byte[WindowKey.Length];
        for (var round = 0; round < 200; round++)
        {
            Observe();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            Observe();
        }

        var perEntry = (GC.GetAllocatedBytesForCurrentThread() - before) / (rounds * entries);
        Assert.InRange(perEntry, 0, 200);

        void Observe()
        {
            observation.Clear();
            for (var i = 0; i < entries; i++)
            {
                key[3] = (byte)i;
                observation.AddAppend(key, Record, WindowLimits.Retention, -9216, -1);
            }

            var status = store.ObserveAsync(observation, TimeSpan.Zero);
            Assert.True(status.IsCompletedSuccessfully);
            Assert.Equal(StoreStatus.Ok, status.Result);
        }
    }
}
