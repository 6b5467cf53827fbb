using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;

namespace KekeStar.Antifraud.Tests.Windows.Embedded;

/// <summary>A log that compaction moves while a call has gone to the disk for it is there all the same (docs/decisions/0035).</summary>
public sealed class EmbeddedCompactionTests : IAsyncLifetime, IDisposable
{
    private const int FillerLength = 400 * 1024;
    private static readonly byte[] Key = [1];
    private static readonly byte[] Value = [.. Enumerable.Range(0, 1_000).Select(i => (byte)i)];

    private readonly StoreFolder _folder = new();
    private GarnetWindowStore _store = null!;

    public async Task InitializeAsync()
    {
        var options = _folder.SmallOptions();
        options.MaxDiskBytes = 1L << 30;
        _store = GarnetWindowStore.Open(options);
        Assert.Equal(StoreStatus.Ok, await _store.AppendAsync(Key, Value, WindowLimits.Retention, TimeSpan.Zero));

        // Nothing alive but the one log, so that compaction has no need of memory that waits for the halted call.
        var filler = new byte[FillerLength];
        for (var i = 0; _store.Room.LogBytes < 2 * options.MemoryBytes; i++)
        {
            Assert.Equal(StoreStatus.Ok, await _store.AppendAsync(BitConverter.GetBytes(i), filler, WindowLimits.Retention, TimeSpan.Zero));
            Assert.True((await _store.ReplaceAsync(BitConverter.GetBytes(i), filler, default, WindowLimits.Retention, TimeSpan.Zero)).Replaced);
        }

        // Maintenance has nothing to do by itself then.
        _store.Maintenance.Checkpoint();
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_read()
    {
        var read = default(StoreRead);
        await BesideCompaction(() => read = _store.ReadAsync(Key, 0, TimeSpan.Zero).AsTask().GetAwaiter().GetResult());
        Assert.Equal(StoreStatus.Ok, read.Status);
        Assert.Equal(Value, read.Value.ToArray());
    }

    [Fact]
    public async Task It_is_read_among_others()
    {
        var observation = new Observation();
        observation.AddRead([2], 0, -1);
        observation.AddRead(Key, -8, -1);
        observation.AddAppend([3], [4, 5], WindowLimits.Retention, 0, -1);
        var status = StoreStatus.Unavailable;
        await BesideCompaction(() => status = _store.ObserveAsync(observation, TimeSpan.Zero).AsTask().GetAwaiter().GetResult());
        Assert.Equal(StoreStatus.Ok, status);
        Assert.Empty(observation.Tail(0).ToArray());
        Assert.Equal(Value[^8..], observation.Tail(1).ToArray());
        Assert.Equal([4, 5], observation.Tail(2).ToArray());
        Assert.Equal(2, (await _store.ReadAsync(new byte[] { 3 }, 0, TimeSpan.Zero)).Value.Length);
    }

    [Fact]
    public async Task It_is_appended_to()
    {
        var observation = new Observation();
        observation.AddAppend(Key, [9], WindowLimits.Retention, 0, -1);
        var status = StoreStatus.Unavailable;
        await BesideCompaction(() => status = _store.ObserveAsync(observation, TimeSpan.Zero).AsTask().GetAwaiter().GetResult());
        Assert.Equal(StoreStatus.Ok, status);
        Assert.Equal([.. Value, 9], observation.Tail(0).ToArray());
    }

    [Fact]
    public async Task It_is_replaced()
    {
        var replaced = default(StoreReplace);
        await BesideCompaction(() => replaced =
            _store.ReplaceAsync(Key, Value, new byte[] { 1 }, WindowLimits.Retention, TimeSpan.Zero).AsTask().GetAwaiter().GetResult());
        Assert.Equal(new StoreReplace(StoreStatus.Ok, true), replaced);
        Assert.Equal([1], (await _store.ReadAsync(Key, 0, TimeSpan.Zero)).Value.ToArray());
    }

    /// <summary>
    /// Halts compaction where it is about to read the log's page, has the call look the log up and go to the disk for it, and
    /// halts the call there until compaction has moved the log and given the page up.
    /// </summary>
    private async Task BesideCompaction(Action call)
    {
        var before = _store.Room.LogBytes;
        using var compactionIsAtDisk = new ManualResetEventSlim();
        using var callIsAtDisk = new ManualResetEventSlim();
        var isGivenUp = false;
        var compacting = 0;
        var calling = 0;
        _store.Files.RecordLog!.BeforeRead = () =>
        {
            var thread = Environment.CurrentManagedThreadId;
            if (Interlocked.CompareExchange(ref compacting, 0, thread) == thread)
            {
                compactionIsAtDisk.Set();
                callIsAtDisk.Wait(Patience.Limit);
            }
            else if (Interlocked.CompareExchange(ref calling, 0, thread) == thread)
            {
                callIsAtDisk.Set();
                isGivenUp = SpinWait.SpinUntil(() => _store.Room.LogBytes < before - FillerLength, Patience.Limit);
            }
        };

        var compaction = OwnThread.Run(() =>
        {
            compacting = Environment.CurrentManagedThreadId;
            _store.Maintenance.CompactOldest(StoreSizes.Page);
        });
        Assert.True(compactionIsAtDisk.Wait(Patience.Limit), "compaction read nothing from disk");
        await OwnThread.Run(() =>
        {
            calling = Environment.CurrentManagedThreadId;
            call();
        });
        await compaction;
        Assert.True(isGivenUp, "compaction did not get through beside the call");
    }
}
