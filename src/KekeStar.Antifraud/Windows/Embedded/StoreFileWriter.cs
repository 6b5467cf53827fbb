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
/// that happens to fill it.
/// </summary>
internal sealed class StoreFileWriter : IDisposable
{
    private readonly BlockingCollection<StoreFileWrite> _writes = [];
    private readonly Thread _thread;

    public StoreFileWriter()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "antifraud-store-writer" };
        _thread.Start();
    }

    /// <summary>Queues a write.</summary>
    public void Add(in StoreFileWrite write) => _writes.Add(write);

    /// <summary>Ends once all is written.</summary>
    public void Dispose()
    {
        _writes.CompleteAdding();
        _thread.Join();
        _writes.Dispose();
    }

    private void Run()
    {
        foreach (var write in _writes.GetConsumingEnumerable())
        {
            write.File.Carry(write);
        }
    }
}
