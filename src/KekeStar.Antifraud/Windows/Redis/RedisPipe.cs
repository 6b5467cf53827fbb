using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// One connection to one server, ready for commands: rounds write theirs into a common buffer, which one loop sends;
/// another loop hands the replies, which come in the same order, to the rounds. Lives until it is lost; then all
/// rounds that still wait on it are told.
/// </summary>
/// <remarks>
/// What concurrent events ask goes out in one write: the loop that sends is queued behind the work that is waiting for
/// a thread already, so it finds their commands too. Nothing is allocated for a round, whether it waits or not.
/// </remarks>
internal sealed class RedisPipe : IValueTaskSource, IThreadPoolWorkItem, IAsyncDisposable
{
    // A server that takes nothing for so long that this much waits is as good as away: some 2,000 events.
    private const int MaxUnsent = 8 * 1024 * 1024;
    private const int InitialUnsent = 64 * 1024;

    // Holds several events' replies; grows for a longer one, up to the longest second read many times over.
    private const int InitialReceived = 64 * 1024;
    private const int MaxReceived = 4 * 1024 * 1024;

    private readonly Stream _stream;
    private readonly ConcurrentQueue<RoundPosition> _waiting = new();
    private readonly Lock _lock = new();
    private readonly Task _loops;
    private ManualResetValueTaskSourceCore<bool> _toSend = new() { RunContinuationsAsynchronously = false };
    private byte[] _unsent = new byte[InitialUnsent];
    private byte[] _sending = new byte[InitialUnsent];
    private int _unsentLength;
    private bool _isSending;
    private bool _isLost;
    private long _sent;
    private long _answered;

    /// <summary>Takes over a connection on which the handshake is done.</summary>
    /// <param name="stream">The connection, the pipe's to close.</param>
    public RedisPipe(Stream stream)
    {
        _stream = stream;
        _loops = Task.WhenAll(Task.Run(SendAsync), Task.Run(ReceiveAsync));
    }

    /// <summary>Ends when the connection is lost and every round on it has been told.</summary>
    public Task Lost => _loops;

    /// <summary>Rounds and signs of life that were answered.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Rounds and signs of life that were sent and not answered.</summary>
    public long Outstanding => Volatile.Read(ref _sent) - Answered;

    /// <summary>Sends a round's commands for this server, and holds the round until they are answered or lost.</summary>
    /// <returns>False if the connection is lost or takes nothing: then nothing is sent, and the round is not held.</returns>
    public bool TrySend(RedisRound round, int server)
    {
        lock (_lock)
        {
            if (_isLost || _unsentLength > MaxUnsent)
            {
                return false;
            }

            var writer = new RespWriter(Room(round.MaxLength(server)));
            round.Write(ref writer, server);
            Send(writer.Written, new RoundPosition(round, server));
        }

        return true;
    }

    /// <summary>Asks for a sign of life.</summary>
    public void Ping()
    {
        lock (_lock)
        {
            if (!_isLost)
            {
                var ping = "*1\r\n$4\r\nPING\r\n"u8;
                ping.CopyTo(Room(ping.Length));
                Send(ping.Length, new RoundPosition(null, 0));
            }
        }
    }

    /// <summary>Gives the connection up.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_isLost)
            {
                return;
            }

            _isLost = true;
            Wake();
        }

        _stream.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Execute() => _toSend.SetResult(true);

    /// <inheritdoc/>
    public void GetResult(short token) => _toSend.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _toSend.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _toSend.OnCompleted(continuation, state, token, flags);

    private Span<byte> Room(int length)
    {
        if (_unsent.Length - _unsentLength < length)
        {
            Array.Resize(ref _unsent, Math.Max(_unsent.Length * 2, _unsentLength + length));
        }

        return _unsent.AsSpan(_unsentLength);
    }

    private void Send(int length, RoundPosition position)
    {
        _unsentLength += length;
        _sent++;
        _waiting.Enqueue(position);
        Wake();
    }

    private void Wake()
    {
        if (!_isSending)
        {
            _isSending = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                await new ValueTask(this, _toSend.Version);
                for (var length = TakeUnsent(); length > 0; length = TakeUnsent())
                {
                    await _stream.WriteAsync(_sending.AsMemory(0, length));
                }

                if (_isLost)
                {
                    return;
                }
            }
        }
        catch (Exception error) when (IsLoss(error))
        {
            // The loop that receives tells the rounds.
        }
        finally
        {
            Close();
        }
    }

    // 0: nothing waits, and the next round to be sent wakes the loop.
    private int TakeUnsent()
    {
        lock (_lock)
        {
            var length = _isLost ? 0 : _unsentLength;
            if (length > 0)
            {
                (_unsent, _sending) = (_sending, _unsent);
                _unsentLength = 0;
            }
            else if (!_isLost)
            {
                _toSend.Reset();
                _isSending = false;
            }

            return length;
        }
    }

    private async Task ReceiveAsync()
    {
        var received = new byte[InitialReceived];
        var length = 0;
        var at = default(RoundPosition);
        var isWaiting = false;
        try
        {
            while (true)
            {
                var count = await _stream.ReadAsync(received.AsMemory(length));
                if (count == 0)
                {
                    break;
                }

                length += count;
                if (!TryHandOut(received.AsSpan(0, length), ref at, ref isWaiting, out var read, out var needed) || needed > MaxReceived)
                {
                    break;
                }

                length -= read;
                received.AsSpan(read, length).CopyTo(received);
                if (needed > received.Length)
                {
                    Array.Resize(ref received, Math.Max(needed, received.Length * 2));
                }
            }
        }
        catch (Exception error) when (IsLoss(error))
        {
            // Told below, like the end of the stream.
        }
        finally
        {
            Close();
            if (isWaiting)
            {
                at.Round?.Lose(at);
            }

            while (_waiting.TryDequeue(out at))
            {
                at.Round?.Lose(at);
            }
        }
    }

    // False: what was received is no reply to what was asked.
    private bool TryHandOut(ReadOnlySpan<byte> received, ref RoundPosition at, ref bool isWaiting, out int read, out int needed)
    {
        read = 0;
        needed = 0;
        while (isWaiting || (isWaiting = _waiting.TryDequeue(out at)))
        {
            var status = at.Round is { } round
                ? round.Read(received[read..], ref at, out var length, out needed)
                : RespReply.TryRead(received[read..], out _, out length);
            if (status != OperationStatus.Done)
            {
                read += at.Round is null ? 0 : length;
                return status == OperationStatus.NeedMoreData;
            }

            read += length;
            isWaiting = false;
            Volatile.Write(ref _answered, _answered + 1);
        }

        return read == received.Length;
    }

    private static bool IsLoss(Exception error) =>
        error is IOException or ObjectDisposedException or OperationCanceledException or System.Net.Sockets.SocketException;
}
