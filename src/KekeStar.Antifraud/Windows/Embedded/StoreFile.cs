using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// Segmented file that never depends on the thread pool. Garnet's own device finishes each read and write on a pool
/// thread; where all pool threads wait for the store, the pool adds one thread each half second, and 1,000 parallel
/// appends took 29 s. Here reads and small writes end on the calling thread (they go to the kernel's cache, which
/// takes microseconds), and large ones on the <see cref="StoreFileWriter"/>.
/// </summary>
internal sealed unsafe class StoreFile : StorageDeviceBase
{
    private static readonly byte[] Zeros = new byte[1 << 20];

    private readonly StoreFileWriter? _writer;
    private readonly ConcurrentDictionary<int, SafeFileHandle> _segments = new();
    private readonly Lock _opening = new();
    private int _pendingWrites;
    private long _wipedUntil;
    private long _hiddenFrom = long.MaxValue;

    /// <summary>Names the file; segments are opened, and made, when they are first used.</summary>
    /// <param name="path">Path without the segment's number.</param>
    /// <param name="writer">Who writes; null: the calling thread.</param>
    public StoreFile(string path, StoreFileWriter? writer)
        : base(path, IDevice.MinDeviceSectorSize, Devices.CAPACITY_UNSPECIFIED)
    {
        _writer = writer;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Called before each read on its thread, for tests of what happens meanwhile.</summary>
    internal Action? BeforeRead { get; set; }

    /// <summary>From an address on the file reads as zeros, until something is written there.</summary>
    public void HideFrom(long address) => Volatile.Write(ref _hiddenFrom, address);

    /// <summary>Reads the last bytes of the file; segments behind them that nothing has been written to do not count.</summary>
    /// <returns>Their address; null if there are not that many.</returns>
    public long? ReadEnd(Span<byte> bytes)
    {
        var last = -1;
        foreach (var file in new DirectoryInfo(Path.GetDirectoryName(FileName)!).EnumerateFiles(Path.GetFileName(FileName) + ".*"))
        {
            if (file.Length >= bytes.Length && int.TryParse(file.Extension.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var segment))
            {
                last = Math.Max(last, segment);
            }
        }

        if (last < 0)
        {
            return null;
        }

        var offset = RandomAccess.GetLength(Segment(last)) - bytes.Length;
        RandomAccess.Read(Segment(last), bytes, offset);
        return Address(last, (ulong)offset);
    }

    public override void WriteAsync(
        nint sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite, DeviceIOCompletionCallback callback, object context)
    {
        if (Address(segmentId, destinationAddress) + numBytesToWrite > Volatile.Read(ref _hiddenFrom))
        {
            HideFrom(long.MaxValue);
        }

        Interlocked.Increment(ref _pendingWrites);
        var write = new StoreFileWrite(this, sourceAddress, segmentId, (long)destinationAddress, (int)numBytesToWrite, callback, context);
        if (_writer is null)
        {
            Carry(write);
        }
        else
        {
            _writer.Add(write);
        }
    }

    public override void ReadAsync(
        int segmentId, ulong sourceAddress, nint destinationAddress, uint readLength, DeviceIOCompletionCallback callback, object context)
    {
        BeforeRead?.Invoke();
        var destination = new Span<byte>((void*)destinationAddress, (int)readLength);
        int read;
        try
        {
            read = RandomAccess.Read(Segment(segmentId), destination, (long)sourceAddress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            callback(ErrorCode(exception), 0, context, exception);
            return;
        }

        // Behind the end there is nothing; the memory may still hold another page.
        destination[read..].Clear();
        var shown = Volatile.Read(ref _hiddenFrom) - Address(segmentId, sourceAddress);
        if (shown < read)
        {
            destination[(int)Math.Max(shown, 0)..].Clear();
        }

        callback(0, (uint)read, context, null);
    }

    /// <summary>Carries a write out and says so.</summary>
    public void Carry(in StoreFileWrite write)
    {
        Exception? failure = null;
        try
        {
            RandomAccess.Write(Segment(write.Segment), new ReadOnlySpan<byte>((void*)write.Source, write.Length), write.Offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = exception;
        }

        try
        {
            write.Callback(failure is null ? 0 : ErrorCode(failure), failure is null ? (uint)write.Length : 0, write.Context, failure);
        }
        finally
        {
            Interlocked.Decrement(ref _pendingWrites);
        }
    }

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        lock (_opening)
        {
            if (_segments.TryRemove(segment, out var handle))
            {
                handle.Dispose();
            }

            File.Delete(GetSegmentFilename(FileName, segment));
        }

        callback(result);
    }

    /// <summary>
    /// Overwrites what lies in front of an address in the address's own segment; segments before that are removed as
    /// wholes. Nothing may read there any more, not even a recovery.
    /// </summary>
    public void WipeUntil(long address)
    {
        if (segmentSize <= 0 || address <= _wipedUntil)
        {
            return;
        }

        var segment = (int)(address / segmentSize);
        var begin = segment * segmentSize;
        var from = Math.Max(_wipedUntil, begin);
        if (File.Exists(GetSegmentFilename(FileName, segment)))
        {
            var handle = Segment(segment);
            for (; from < address; from += Zeros.Length)
            {
                RandomAccess.Write(handle, Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, address - from)), from - begin);
            }
        }

        _wipedUntil = address;
    }

    public override long GetFileSize(int segment) => segmentSize > 0 ? segmentSize : RandomAccess.GetLength(Segment(segment));

    public override void Dispose()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _pendingWrites) == 0);
        foreach (var handle in _segments.Values)
        {
            handle.Dispose();
        }

        _segments.Clear();
    }

    private long Address(int segment, ulong offset) => (Math.Max(segmentSize, 0) * segment) + (long)offset;

    private static uint ErrorCode(Exception exception) => exception.HResult == 0 ? uint.MaxValue : (uint)exception.HResult;

    private SafeFileHandle Segment(int segment) => _segments.TryGetValue(segment, out var handle) ? handle : Open(segment);

    private SafeFileHandle Open(int segment)
    {
        lock (_opening)
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
