using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>One write to a file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoreFileWrite(
    StoreFile File, nint Source, int Segment, long Offset, int Length, DeviceIOCompletionCallback Callback, object Context);

/// <summary>
/// Thread that writes pages of the record log and of checkpoints: a page is 1 MiB and more, too long for the request
/// that happens to fill it. It takes its time: a checkpoint writes some 100 MiB, and in one go the copying would keep
/// a core from the events for half a second (docs/decisions/0028).
/// </summary>
internal sealed class StoreFileWriter : IDisposable
{
    /// <summary>A write is carried out in parts of this size, 256 KiB: about 1 ms.</summary>
    public const int PartBytes = 256 << 10;

    /// <summary>Rest after each part, in multiples of the time that it took: at most a fifth of a core is used.</summary>
    public const int RestFactor = 4;

    private readonly BlockingCollection<StoreFileWrite> _writes = [];
    private readonly ManualResetEventSlim _hurry = new();
    private readonly Thread _thread;
    private volatile Func<bool> _mayRest = static () => false;

    public StoreFileWriter()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "antifraud-store-writer" };
        _thread.Start();
    }

    /// <summary>Queues a write.</summary>
    public void Add(in StoreFileWrite write) => _writes.Add(write);

    /// <summary>Rests between parts from now on, as long as the store says that it may; before, there are no rests.</summary>
    /// <param name="mayRest">Asked after each part, on the writer's thread.</param>
    public void RestWhile(Func<bool> mayRest) => _mayRest = mayRest;

    /// <summary>No more rests: the store is being closed.</summary>
    public void Hurry() => _hurry.Set();

    /// <summary>Called after each part of a write.</summary>
    /// <param name="took">What the part took.</param>
    public void Rest(TimeSpan took)
    {
        if (!_hurry.IsSet && _mayRest())
        {
            _hurry.Wait(took * RestFactor);
        }
    }

    /// <summary>Ends once all is written.</summary>
    public void Dispose()
    {
        Hurry();
        _writes.CompleteAdding();
        _thread.Join();
        _writes.Dispose();
        _hurry.Dispose();
    }

    private void Run()
    {
        foreach (var write in _writes.GetConsumingEnumerable())
        {
            write.File.Carry(write);
        }
    }
}
