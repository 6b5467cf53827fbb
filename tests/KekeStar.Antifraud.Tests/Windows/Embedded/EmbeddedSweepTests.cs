using System.Security.Cryptography;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>What was erased leaves the disk, not only the answers.</summary>
public sealed class EmbeddedSweepTests
{
    private const int Logs = 2_000;

    [Fact]
    public async Task After_a_sweep_no_byte_of_an_erased_log_is_on_disk_and_the_others_are_all_there()
    {
        using var folder = new StoreFolder();
        var options = folder.SmallOptions();
        var erased = RandomNumberGenerator.GetBytes(16);
        await using (var store = GarnetWindowStore.Open(options))
        {
            for (var i = 0; i < Logs; i++)
            {
                await store.AppendAsync(Key(i), Value(i, erased), WindowLimits.Retention, TimeSpan.Zero);
            }

            store.Maintenance.Checkpoint();
            for (var i = 0; i < Logs; i += 2)
            {
                await store.ReplaceAsync(Key(i), Value(i, erased), default, WindowLimits.Retention, TimeSpan.Zero);
            }

            Assert.True(Occurrences(folder, erased) > 0, "the test must find what is there");
            store.Maintenance.Sweep();
            Assert.Equal(0, Occurrences(folder, erased));
            await AssertOthersAsync(store);

            // What a crash at this moment would leave is whole.
            using var crashed = new StoreFolder();
            folder.CopyTo(crashed);
            await using var recovered = GarnetWindowStore.Open(crashed.SmallOptions());
            await AssertOthersAsync(recovered);
        }

        // Closing, replaying and opening bring nothing back.
        await using var reopened = GarnetWindowStore.Open(options);
        await AssertOthersAsync(reopened);
        Assert.Equal(0, Occurrences(folder, erased));

        async Task AssertOthersAsync(GarnetWindowStore store)
        {
            for (var i = 0; i < Logs; i++)
            {
                var read = await store.ReadAsync(Key(i), 0, TimeSpan.Zero);
                Assert.Equal(i % 2 == 0 ? [] : Value(i, erased), read.Value.ToArray());
            }
        }
    }

    [Fact]
    public async Task Logs_that_have_outgrown_their_records_are_compacted_again_and_again_and_stay_whole()
    {
        const int logs = 20_000;
        const int appends = 10;
        using var folder = new StoreFolder();
        var options = folder.SmallOptions();
        options.MaxDiskBytes = 1L << 30;
        await using var store = GarnetWindowStore.Open(options);
        for (var i = 0; i < appends * logs; i++)
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(i % logs), Record(i), WindowLimits.Retention, TimeSpan.Zero));
            if (i % (3 * logs) == logs)
            {
                // In the middle of all that, not only at the end of a page.
                store.Maintenance.CompactOldest();
            }
        }

        store.Maintenance.Sweep();
        store.Maintenance.CompactOldest();
        for (var i = 0; i < logs; i++)
        {
            byte[] expected = [.. Enumerable.Range(0, appends).SelectMany(append => Record((append * logs) + i))];
            Assert.Equal(expected, (await store.ReadAsync(Key(i), 0, TimeSpan.Zero)).Value.ToArray());
        }
    }

    [Fact]
    public async Task Logs_erased_after_their_pages_became_read_only_do_not_stop_compaction_nor_come_back()
    {
        const int logs = 300_000;
        using var folder = new StoreFolder();
        await using var store = GarnetWindowStore.Open(folder.SmallOptions());
        var value = new byte[WindowRecord.Length];
        for (var i = 0; i < logs; i++)
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(i), value, WindowLimits.Retention, TimeSpan.Zero));
        }

        for (var i = 0; i < logs; i++)
        {
            Assert.True((await store.ReplaceAsync(Key(i), value, default, WindowLimits.Retention, TimeSpan.Zero)).Replaced);
        }

        store.Maintenance.Sweep();

        Assert.InRange(store.Room.LogBytes, 0, 4 * StoreSizes.Page);
        for (var i = 0; i < logs; i += 101)
        {
            Assert.Equal(0, (await store.ReadAsync(Key(i), 0, TimeSpan.Zero)).Value.Length);
        }
    }

    private static byte[] Key(int number) => [(byte)'w', .. BitConverter.GetBytes(number)];

    private static byte[] Record(int number)
    {
        var record = new byte[WindowRecord.Length];
        BitConverter.TryWriteBytes(record, number);
        return record;
    }

    // Logs that are erased carry the mark.
    private static byte[] Value(int number, byte[] mark) => number % 2 == 0 ? [.. mark, .. BitConverter.GetBytes(number)] : BitConverter.GetBytes(number);

    private static int Occurrences(StoreFolder folder, byte[] mark)
    {
        var found = 0;
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            for (var rest = bytes.AsSpan(); rest.IndexOf(mark) is var at and >= 0; rest = rest[(at + 1)..])
            {
                found++;
            }
        }

        return found;
    }
}
