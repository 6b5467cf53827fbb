using System.Buffers.Binary;
using System.Diagnostics;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

public sealed class EmbeddedCrashTests
{
    private const int Rounds = 3;
    private const int Writers = 4;
    private const int KeysPerWriter = 16;

    /// <summary>Logs of each writer that have left memory when their turn comes again.</summary>
    private const int ColdKeysPerWriter = 8_192;

    /// <summary>Acknowledged in a round before the kill, however long it takes: enough for checkpoints and trimming.</summary>
    private const int LeastAppends = 5_000;

    [Fact]
    public async Task Every_acknowledged_append_is_there_after_kill_9_amid_checkpoints_and_compactions()
    {
        using var folder = new StoreFolder();
        var acknowledged = new Dictionary<int, int>();
        for (var round = 0; round < Rounds; round++)
        {
            WriteUntilKilled(folder.Path, round * Writers, acknowledged);

            var options = folder.SmallOptions();
            options.MaxDiskBytes = 192L << 20;
            await using var store = GarnetWindowStore.Open(options);
            foreach (var (writer, last) in acknowledged)
            {
                await CheckWriter(store, writer, last);
            }
        }
    }

    private static async Task CheckWriter(GarnetWindowStore store, int writer, int lastAcknowledged)
    {
        for (var k = 0; k < KeysPerWriter; k++)
        {
            // Trimming leaves at least 64.
            await CheckLog(store, writer, k, KeysPerWriter, keyLength: 8, lastAcknowledged, least: 64);
        }

        for (var k = 0; k < Math.Min(ColdKeysPerWriter, lastAcknowledged); k++)
        {
            await CheckLog(store, writer, k, ColdKeysPerWriter, keyLength: 10, lastAcknowledged, least: int.MaxValue);
        }
    }

    private static async Task CheckLog(GarnetWindowStore store, int writer, int k, int keys, int keyLength, int lastAcknowledged, int least)
    {
        var key = new byte[keyLength];
        BinaryPrimitives.WriteInt32LittleEndian(key, writer);
        BinaryPrimitives.WriteInt32LittleEndian(key.AsSpan(4), k);
        var read = await store.ReadAsync(key, 0, TimeSpan.Zero);
        Assert.Equal(StoreStatus.Ok, read.Status);
        var records = read.Value.ToArray().Chunk(WindowRecord.Length).Select(r => WindowRecord.Read(r).TimeMilliseconds).ToArray();

        // Of this key's records, every so many-th, none is missing, doubled or out of order up to the last acknowledged one.
        var last = lastAcknowledged - ((lastAcknowledged - k) % keys);
        var expected = last <= 0 ? 0 : ((last - 1) / keys) + 1;
        Assert.True(records.Length >= Math.Min(least, expected), $"writer {writer}, key {k} of {keys}: {records.Length} of {expected} records");
        Assert.True(expected == 0 || records[^1] >= last, $"writer {writer}, key {k} of {keys}: ends at {records.LastOrDefault()}, acknowledged {last}");
        for (var i = 1; i < records.Length; i++)
        {
            Assert.Equal(records[i - 1] + keys, records[i]);
        }
    }

    private static void WriteUntilKilled(string directory, int firstWriter, Dictionary<int, int> acknowledged)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var worker = Path.Combine(
            AppContext.BaseDirectory, "..", "..", "KekeStar.Antifraud.EmbeddedCrashWorker", configuration, "KekeStar.Antifraud.EmbeddedCrashWorker.dll");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [worker, directory, $"{firstWriter}", $"{Writers}", $"{ColdKeysPerWriter}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var started = Stopwatch.StartNew();
        var pair = new byte[8];
        var killed = false;
        var appends = 0;
        while (process.StandardOutput.BaseStream.ReadAtLeast(pair, pair.Length, throwOnEndOfStream: false) == pair.Length)
        {
            acknowledged[BinaryPrimitives.ReadInt32LittleEndian(pair)] = BinaryPrimitives.ReadInt32LittleEndian(pair.AsSpan(4));
            appends++;
            if (!killed && appends > LeastAppends && started.Elapsed > TimeSpan.FromSeconds(5))
            {
                process.Kill();
                killed = true;
            }
        }

        process.WaitForExit();
        Assert.True(killed, "the worker ended by itself");
    }
}
