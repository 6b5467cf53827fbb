using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>The index's own bound: with little memory many short logs reach it long before the disk is full.</summary>
public sealed class EmbeddedIndexTests
{
    private const int PerCall = 20;
    private static readonly byte[] Long = [.. Enumerable.Range(0, 1_000).Select(i => (byte)i)];

    [Fact]
    public async Task The_index_grows_with_the_number_of_logs_and_comes_back_as_it_was()
    {
        const int keys = 800_000;
        using var folder = new StoreFolder();
        var options = Options(folder);
        await using (var store = GarnetWindowStore.Open(options))
        {
            var before = store.Index.TableBytes;
            Assert.Equal((StoreStatus.Ok, keys), await FillAsync(store, keys));
            store.Index.Grow();
            Assert.InRange(store.Index.TableBytes, before + 1, store.Room.Sizes.IndexTable);
            store.Maintenance.Checkpoint();
            Assert.Equal((StoreStatus.Ok, keys + 10_000), await FillAsync(store, keys + 10_000, from: keys));
        }

        await using var reopened = GarnetWindowStore.Open(options);
        await CheckAsync(reopened, keys + 10_000);
    }

    [Fact]
    public async Task A_full_index_is_refused_by_name_loses_nothing_and_takes_writes_again_once_logs_are_gone()
    {
        using var folder = new StoreFolder();
        using var log = new RecordingLog();
        using var logging = new LoggerFactory([log]);
        var refused = 0L;

        // Of this store alone: it makes its instruments while it is opened, on this thread.
        var isOpening = false;
        var thread = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (isOpening && Environment.CurrentManagedThreadId == thread && instrument.Name == "antifraud.store.embedded.refused")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref refused, value));
        listener.Start();
        isOpening = true;
        await using var store = GarnetWindowStore.Open(Options(folder), logging.CreateLogger<GarnetWindowStore>());
        isOpening = false;
        const int limit = 1_400_000;

        var (status, taken) = await FillAsync(store, limit * 2);

        Assert.Equal(StoreStatus.ReadOnly, status);
        Assert.InRange(taken, limit / 10 * 8, limit / 10 * 12);
        listener.RecordObservableInstruments();
        Assert.True(Interlocked.Read(ref refused) > 0, "a refusal is counted");
        Assert.Contains(log.Lines, static line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("index", StringComparison.Ordinal));
        Assert.Equal(StoreStatus.ReadOnly, await store.PingAsync(TimeSpan.Zero));
        await CheckAsync(store, taken);

        Assert.Equal(StoreStatus.Ok, await EmptyAsync(store, taken));
        store.Maintenance.Sweep();
        await Patience.UntilAsync(async () => await store.PingAsync(TimeSpan.Zero) == StoreStatus.Ok);

        Assert.Equal((StoreStatus.Ok, 100_000), await FillAsync(store, 100_000));
    }

    /// <summary>Once in a store's life its index doubles, and calls come by meanwhile (docs/decisions/0036).</summary>
    [Fact]
    public async Task A_call_that_is_at_the_disk_when_the_index_is_to_grow_loses_nothing()
    {
        const int calls = 8;
        using var folder = new StoreFolder();
        var options = Options(folder);
        await using var store = GarnetWindowStore.Open(options);
        for (var i = 0; i < calls; i++)
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(i), Long, WindowLimits.Retention, TimeSpan.Zero));
        }

        for (var i = calls; store.Room.LogBytes < 2 * options.MemoryBytes; i++)
        {
            Assert.Equal(StoreStatus.Ok, await store.AppendAsync(Key(i), new byte[400 * 1024], WindowLimits.Retention, TimeSpan.Zero));
        }

        store.Maintenance.Checkpoint();
        using var mayGoOn = new ManualResetEventSlim();
        var halted = 0;
        store.Files.RecordLog!.BeforeRead = () =>
        {
            Interlocked.Increment(ref halted);
            mayGoOn.Wait(Patience.Limit);
        };
        var observations = Enumerable.Range(0, calls).Select(i =>
        {
            var observation = new Observation();
            _ = i % 2 == 0 ? observation.AddRead(Key(i), 0, -1) : observation.AddAppend(Key(i), [9], WindowLimits.Retention, 0, -1);
            return observation;
        }).ToArray();
        var statuses = observations.Select(observation => OwnThread.Run(() => store.ObserveAsync(observation, TimeSpan.Zero).AsTask().Result)).ToArray();
        await Patience.UntilAsync(() => halted == calls);

        var before = store.Index.TableBytes;
        Assert.False(store.Index.TryDouble(), "the index has to wait for calls at the disk");
        var growth = OwnThread.Run(() =>
        {
            SpinWait.SpinUntil(store.Index.TryDouble, Patience.Limit);
            return store.Index.TableBytes;
        });
        mayGoOn.Set();

        Assert.All(await Task.WhenAll(statuses), status => Assert.Equal(StoreStatus.Ok, status));
        Assert.Equal(2 * before, await growth);
        for (var i = 0; i < calls; i++)
        {
            byte[] expected = i % 2 == 0 ? Long : [.. Long, 9];
            Assert.Equal(expected, observations[i].Tail(0).ToArray());
            Assert.Equal(expected, (await store.ReadAsync(Key(i), 0, TimeSpan.Zero)).Value.ToArray());
        }
    }

    private static EmbeddedStoreOptions Options(StoreFolder folder)
    {
        var options = folder.SmallOptions();
        options.MaxDiskBytes = 2L << 30;
        options.AppendLogBytes = 64L << 20;
        return options;
    }

    /// <summary>Appends one record to each of many logs, until the index is full.</summary>
    private static async Task<(StoreStatus Status, int Taken)> FillAsync(GarnetWindowStore store, int keys, int from = 0)
    {
        var observation = new Observation();
        for (var first = from; first < keys; first += PerCall)
        {
            observation.Clear();
            for (var i = first; i < first + PerCall; i++)
            {
                observation.AddAppend(Key(i), Record(i), WindowLimits.Retention, -32, -1);
            }

            // A writer that outruns maintenance is refused for a while as well; that is not what these tests are about.
            var status = StoreStatus.Ok;
            await Patience.UntilAsync(async () =>
                (status = await store.ObserveAsync(observation, TimeSpan.Zero)) != StoreStatus.ReadOnly || store.Index.IsFull);
            if (status != StoreStatus.Ok)
            {
                return (status, first);
            }
        }

        return (StoreStatus.Ok, keys);
    }

    /// <summary>Empties the logs, as erasure does: it is not refused for want of room.</summary>
    private static async Task<StoreStatus> EmptyAsync(GarnetWindowStore store, int keys)
    {
        for (var i = 0; i < keys; i++)
        {
            var expected = new byte[WindowRecord.Length];
            Record(i).Write(expected);
            var replaced = await store.ReplaceAsync(Key(i), expected, default, WindowLimits.Retention, TimeSpan.Zero);
            if (replaced.Status != StoreStatus.Ok)
            {
                return replaced.Status;
            }
        }

        return StoreStatus.Ok;
    }

    private static async Task CheckAsync(GarnetWindowStore store, int keys)
    {
        for (var i = 0; i < keys; i += 997)
        {
            var log = await store.ReadAsync(Key(i), 0, TimeSpan.Zero);
            Assert.Equal(Record(i), WindowRecord.Read(log.Value.Span));
        }
    }

    private static WindowRecord Record(int number) => new(1 + number, 1, 0, IsLate: false, 2, 3, (ulong)number);

    // As long as a real one and spread as pseudonyms are.
    private static byte[] Key(int number)
    {
        var key = new byte[WindowKey.Length];
        key[0] = WindowKey.Prefix;
        BitConverter.TryWriteBytes(key.AsSpan(3), (ulong)number * 0x9E37_79B9_7F4A_7C15);
        BitConverter.TryWriteBytes(key.AsSpan(11), (ulong)number);
        return key;
    }
}
