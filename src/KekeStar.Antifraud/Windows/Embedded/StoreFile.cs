using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Segmented file that carries out reads and writes on the calling thread. The append-only file is written a few KB
/// at a time into the kernel's cache, which takes less than handing the write to another thread and back: a commit
/// through Garnet's own device cost about twice as much (see the class <see cref="CommitGate"/>).
/// </summary>
internal sealed unsafe class StoreFile : StorageDeviceBase
{
    private readonly ConcurrentDictionary<int, SafeFileHandle> _segments = new();

    public StoreFile(string path)
        : base(path, IDevice.MinDeviceSectorSize, Devices.CAPACITY_UNSPECIFIED) =>
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

    public override void WriteAsync(
        nint sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite, DeviceIOCompletionCallback callback, object context)
    {
        try
        {
            RandomAccess.Write(Segment(segmentId), new ReadOnlySpan<byte>((void*)sourceAddress, (int)numBytesToWrite), (long)destinationAddress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            callback((uint)exception.HResult, 0, context, exception);
            return;
        }

        callback(0, numBytesToWrite, context, null);
    }

    public override void ReadAsync(
        int segmentId, ulong sourceAddress, nint destinationAddress, uint readLength, DeviceIOCompletionCallback callback, object context)
    {
        int read;
        try
        {
            read = RandomAccess.Read(Segment(segmentId), new Span<byte>((void*)destinationAddress, (int)readLength), (long)sourceAddress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            callback((uint)exception.HResult, 0, context, exception);
            return;
        }

        callback(0, (uint)read, context, null);
    }

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        if (_segments.TryRemove(segment, out var handle))
        {
            handle.Dispose();
        }

        File.Delete(GetSegmentFilename(FileName, segment));
        callback(result);
    }

    public override void Dispose()
    {
        foreach (var handle in _segments.Values)
        {
            handle.Dispose();
        }

        _segments.Clear();
    }

    private SafeFileHandle Segment(int segment) =>
        _segments.TryGetValue(segment, out var handle) ? handle : Open(segment);

    private SafeFileHandle Open(int segment)
    {
        lock (_segments)
        {
            if (!_segments.TryGetValue(segment, out var handle))
            {
                handle = File.OpenHandle(
                    GetSegmentFilename(FileName, segment), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                _segments[segment] = handle;
            }

            return handle;
        }
    }
}
