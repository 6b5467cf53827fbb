using System.Buffers.Binary;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>
/// A checkpoint ends within a sector of the record log, and the sector is written as a whole: behind the end lies what the
/// memory held at that moment, records that were just being made. A kill makes that the file's last word.
/// </summary>
public sealed class EmbeddedTornSectorTests
{
    private const int Sector = 512;
    private const int Writers = 4;
    private const int KeysPerWriter = 64;

    /// <summary>The first word of a record, valid and without a predecessor (Tsavorite's RecordInfo).</summary>
    private const long ValidRecord = (1L << 49) | 1;

    [Fact]
    public async Task Half_a_record_behind_the_end_of_the_checkpoint_does_not_keep_the_store_from_opening()
    {
        using var folder = new StoreFolder();
        var appended = new int[Writers];
        long end;
        await using (var store = GarnetWindowStore.Open(Options(folder)))
        {
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, Writers)
                .Select(writer => Task.Run(() => WriteAsync(store, writer, appended, stop.Token)))
                .ToArray();
            do
            {
                store.Maintenance.Checkpoint();
                end = store.CheckpointEnd!.Value;
            }
            while ((end % Sector == 0 || appended.Any(static count => count < KeysPerWriter)) && !writers.Any(static writer => writer.IsFaulted));

            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        TearSector(Options(folder), end);
        await using var reopened = GarnetWindowStore.Open(Options(folder));
        for (var writer = 0; writer < Writers; writer++)
        {
            for (var k = 0; k < KeysPerWriter; k++)
            {
                var records = (appended[writer] + KeysPerWriter - 1 - k) / KeysPerWriter;
                Assert.Equal(records * WindowRecord.Length, (await reopened.ReadAsync(Key(writer, k), 0, TimeSpan.Zero)).Value.Length);
            }
        }
    }

    /// <summary>A kill cut the write of a commit record behind its version (docs/decisions/0038).</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(0)]
    public async Task A_commit_record_that_is_cut_short_takes_nothing_with_it(int left)
    {
        using var folder = new StoreFolder();
        using var crashed = new StoreFolder();
        await using (var store = GarnetWindowStore.Open(Options(folder)))
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(0, 0), new byte[32], WindowLimits.Retention, TimeSpan.Zero));
            store.Maintenance.Checkpoint();
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(0, 1), new byte[32], WindowLimits.Retention, TimeSpan.Zero));
            folder.CopyTo(crashed);
        }

        CutCommitRecord(crashed, left);
        await using (var recovered = GarnetWindowStore.Open(Options(crashed)))
        {
            Assert.Equal(32, (await recovered.ReadAsync(Key(0, 0), 0, TimeSpan.Zero)).Value.Length);
            Assert.Equal(32, (await recovered.ReadAsync(Key(0, 1), 0, TimeSpan.Zero)).Value.Length);
            Assert.Equal(StoreStatus.Ok, await recovered.AppendAsync(Key(0, 1), new byte[32], WindowLimits.Retention, TimeSpan.Zero));
        }

        await using var reopened = GarnetWindowStore.Open(Options(crashed));
        Assert.Equal(64, (await reopened.ReadAsync(Key(0, 1), 0, TimeSpan.Zero)).Value.Length);
    }

    [Fact]
    public async Task An_append_only_file_whose_commits_cannot_be_read_keeps_the_store_from_opening_and_says_so()
    {
        using var folder = new StoreFolder();
        await using (var store = GarnetWindowStore.Open(Options(folder)))
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(0, 0), new byte[32], WindowLimits.Retention, TimeSpan.Zero));
        }

        var files = Directory.GetFiles(Path.Combine(folder.Path, "AOF"), "*", SearchOption.AllDirectories).ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);
        foreach (var (path, bytes) in files)
        {
            File.WriteAllBytes(path, new byte[bytes.Length]);
        }

        // Twice, since the first must leave everything as it was.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => GarnetWindowStore.Open(Options(folder)));
            Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
        }

        foreach (var (path, bytes) in files)
        {
            File.WriteAllBytes(path, bytes);
        }

        await using var reopened = GarnetWindowStore.Open(Options(folder));
        Assert.Equal(32, (await reopened.ReadAsync(Key(0, 0), 0, TimeSpan.Zero)).Value.Length);
    }

    private static EmbeddedStoreOptions Options(StoreFolder folder)
    {
        var options = folder.SmallOptions();
        options.MaxDiskBytes = 192L << 20;
        return options;
    }

    /// <summary>Appends records to the writer's keys in turn, and counts them.</summary>
    private static async Task WriteAsync(GarnetWindowStore store, int writer, int[] appended, CancellationToken stop)
    {
        var record = new byte[WindowRecord.Length];
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(writer, number % KeysPerWriter), record, WindowLimits.Retention, TimeSpan.Zero));
            Volatile.Write(ref appended[writer], number + 1);

            // In the midst of every checkpoint, and far from the bound of the disk however long they take.
            await Task.Delay(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        }
    }

    private static byte[] Key(int writer, int number) => [(byte)writer, (byte)number];

    /// <summary>Puts behind an address what is there of a record whose second word is still to come.</summary>
    private static void TearSector(EmbeddedStoreOptions options, long address)
    {
        var torn = new byte[Sector - (address % Sector)];
        BinaryPrimitives.WriteInt64LittleEndian(torn, ValidRecord);
        var segment = new StoreSizes(options).Segment;
        var path = Directory.GetFiles(options.DataDirectory!, $"hlog.{address / segment}", SearchOption.AllDirectories).Single();
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(file, torn, address % segment);
    }

    /// <summary>Puts behind the last commit record so many bytes of the length and the version of another, and ends the file there.</summary>
    private static void CutCommitRecord(StoreFolder folder, int left)
    {
        const int contentLength = 40;
        byte[] begin = [unchecked((byte)-contentLength), 0xFF, 0xFF, 0xFF, 1, 0, 0, 0];
        var path = Directory.GetFiles(folder.Path, "aof.log.0", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(path);
        var last = bytes.AsSpan().LastIndexOf(begin);
        Assert.True(last > 0, "the file must hold a commit record");
        var end = last + sizeof(int) + contentLength;
        begin.CopyTo(bytes, end);
        File.WriteAllBytes(path, bytes[..(end + left)]);
    }
}
