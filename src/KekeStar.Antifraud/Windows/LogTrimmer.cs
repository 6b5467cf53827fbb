using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Cuts window logs back to what windows can reach, away from the hot path: copies of a retried event go, records
/// that no window reaches go, and of the rest the last <see cref="WindowLimits.TailRecords"/> stay. No append made meanwhile is
/// lost.
/// </summary>
internal sealed class LogTrimmer : BackgroundService
{
    // Requests past this are left out; the next event of the same entity asks again.
    private const int MaxPending = 4096;

    private readonly IWindowStore _store;
    private readonly TimeProvider _time;
    private readonly TrimMetrics _metrics;
    private readonly ConcurrentDictionary<LogKey, byte> _pending = new();
    private readonly Channel<LogKey> _queue = Channel.CreateBounded<LogKey>(
        new BoundedChannelOptions(MaxPending) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>Trims the logs of a store.</summary>
    public LogTrimmer(IWindowStore store, TimeProvider time, TrimMetrics metrics)
    {
        _store = store;
        _time = time;
        _metrics = metrics;
    }

    private static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Asks for a log to be trimmed; returns at once.</summary>
    /// <param name="key">Key of the log, of <see cref="WindowKey"/>'s form.</param>
    public void Request(ReadOnlySpan<byte> key)
    {
        var log = LogKey.Read(key);
        if (_pending.ContainsKey(log) || !_pending.TryAdd(log, 0))
        {
            return;
        }

        if (!_queue.Writer.TryWrite(log))
        {
            _pending.TryRemove(log, out _);
            _metrics.TrimSkipped();
        }
    }

    /// <summary>Trims one log now.</summary>
    /// <returns>True if the log is as it should be.</returns>
    public async ValueTask<bool> TrimAsync(ReadOnlyMemory<byte> key)
    {
        var trim = await _store.TrimAsync(key, _time.GetUtcNow().ToUnixTimeMilliseconds(), Timeout);
        if (trim.Replaced)
        {
            _metrics.Trimmed();
        }
        else if (trim.Status == StoreStatus.Partial)
        {
            _metrics.TrimSkipped();
        }

        return trim.Status == StoreStatus.Ok;
    }

    /// <summary>
    /// Trims all that waits now: for who replays what happened, and wants the same each time. What a log of more than
    /// <see cref="WindowLimits.TailRecords"/> records counts at its bound depends on when it was trimmed, if it holds copies.
    /// </summary>
    public async ValueTask TrimPendingAsync()
    {
        while (_queue.Reader.TryRead(out var log))
        {
            var key = new byte[WindowKey.Length];
            _pending.TryRemove(log, out _);
            log.Write(key);
            await TrimAsync(key);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var buffer = new byte[WindowKey.Length];
        try
        {
            await foreach (var log in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                _pending.TryRemove(log, out _);
                log.Write(buffer);
                await TrimAsync(buffer);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; the next start's events ask again.
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct LogKey(byte Prefix, byte Epoch, byte Kind, Intake.Pseudonym Pseudonym)
    {
        public static LogKey Read(ReadOnlySpan<byte> key) => new(key[0], key[1], key[2], Intake.Pseudonym.Read(key[3..]));

        public void Write(Span<byte> destination)
        {
            destination[0] = Prefix;
            destination[1] = Epoch;
            destination[2] = Kind;
            Pseudonym.Write(destination[3..]);
        }
    }
}
