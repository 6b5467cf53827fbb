using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

public sealed class EmbeddedBoundsTests
{
    [Fact]
    public async Task Logs_beyond_memory_are_read_from_disk_and_appended_to()
    {
        const int keys = 40_000;
        using var folder = new StoreFolder();
        var options = folder.SmallOptions();
        options.MaxDiskBytes = 1L << 30;
        await using var store = GarnetWindowStore.Open(options);
        var value = new byte[1_000];
        for (var i = 0; i < keys; i++)
        {
            BitConverter.TryWriteBytes(value, i);
            await OnceThereIsRoom(() => store.AppendAsync(BitConverter.GetBytes(i), value, WindowLimits.Retention, TimeSpan.Zero));
        }

        Assert.True(store.Room.LogBytes > options.MemoryBytes, "the test must push logs out of memory");
        for (var i = 0; i < keys; i += 97)
        {
            await OnceThereIsRoom(() => store.AppendAsync(BitConverter.GetBytes(i), BitConverter.GetBytes(i), WindowLimits.Retention, TimeSpan.Zero));
            var read = await store.ReadAsync(BitConverter.GetBytes(i), 0, TimeSpan.Zero);
            Assert.Equal(1_004, read.Value.Length);
            Assert.Equal(i, BitConverter.ToInt32(read.Value.Span));
            Assert.Equal(i, BitConverter.ToInt32(read.Value.Span[1_000..]));
        }
    }

    [Fact]
    public async Task Disk_stays_under_its_bound_while_hot_logs_are_trimmed_and_short_lived_ones_expire()
    {
        const int hotKeys = 2_000;
        using var folder = new StoreFolder();
        var options = folder.SmallOptions();
        var largest = 0L;
        var written = 0L;
        var expected = new int[hotKeys];
        await using (var store = GarnetWindowStore.Open(options))
        {
            var observation = new Observation();
            var random = new Random(1);
            var started = TimeProvider.System.GetTimestamp();

            // Beyond the bound by all means, and as far again if that does not take too long.
            for (var i = 0; written <= options.MaxDiskBytes || (written < 2 * options.MaxDiskBytes && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(50)); i++)
            {
                var hot = random.Next(hotKeys);
                var fresh = new byte[512];
                await OnceThereIsRoom(() => store.AppendAsync(FreshKey(i), fresh, TimeSpan.FromSeconds(2), TimeSpan.Zero));
                observation.Clear();
                observation.AddAppend(BitConverter.GetBytes(hot), new WindowRecord(++expected[hot], 1, 0, IsLate: false, 1, 1, 1), WindowLimits.Retention, -32, -1);
                await OnceThereIsRoom(() => store.ObserveAsync(observation, TimeSpan.Zero));
                written += 1_200;
                if (observation.LogLength(0) >= 64 * WindowRecord.Length)
                {
                    var log = await store.ReadAsync(BitConverter.GetBytes(hot), 0, TimeSpan.Zero);
                    await store.ReplaceAsync(BitConverter.GetBytes(hot), log.Value, log.Value[(32 * WindowRecord.Length)..], WindowLimits.Retention, TimeSpan.Zero);
                }

                if (i % 500 == 0)
                {
                    largest = Math.Max(largest, store.DiskBytes);
                }
            }

            Assert.InRange(largest, 1, options.MaxDiskBytes);
            await CheckHot(store);
        }

        await using var reopened = GarnetWindowStore.Open(options);
        await CheckHot(reopened);

        async Task CheckHot(GarnetWindowStore store)
        {
            for (var hot = 0; hot < hotKeys; hot++)
            {
                var log = await store.ReadAsync(BitConverter.GetBytes(hot), 0, TimeSpan.Zero);
                if (expected[hot] != 0)
                {
                    Assert.Equal(expected[hot], WindowRecord.Read(log.Value.Span[^WindowRecord.Length..]).TimeMilliseconds);
                }
            }
        }
    }

    /// <summary>A writer that outruns maintenance is refused for a while; nothing it was told Ok for may be lost.</summary>
    private static async Task OnceThereIsRoom(Func<ValueTask<StoreStatus>> write)
    {
        var status = StoreStatus.Ok;
        await Patience.UntilAsync(async () => (status = await write()) != StoreStatus.ReadOnly);
        Assert.Equal(StoreStatus.Ok, status);
    }

    private static byte[] FreshKey(int number)
    {
        var key = new byte[8];
        BitConverter.TryWriteBytes(key, number);
        key[7] = 1;
        return key;
    }
}
