using System.Buffers;
using System.Threading.Tasks.Sources;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// One <see cref="Observation"/> under way: which commands each entry takes and on which server, what was answered so
/// far, and the task that its asker waits for. Pooled and reused; nothing is allocated for an event.
/// </summary>
/// <remarks>
/// <para>
/// Commands are written from the observation and replies read into it, both straight. That ends when the round is
/// over, all answered or out of time: replies that come later still move the round on, and touch the observation no
/// more. So a late answer harms nobody. The round goes back to the pool when its asker and every connection have let go.
/// </para>
/// <para>
/// An entry's commands go to one server, one directly behind the other, and none is sent again elsewhere: a server
/// that does not hold the key fails the entry (MOVED, ASK).
/// </para>
/// </remarks>
internal sealed partial class RedisRound : IValueTaskSource<StoreStatus>, IThreadPoolWorkItem, IDisposable
{
    private readonly Lock _lock = new();
    private readonly RoundEntry[] _entries = new RoundEntry[Observation.MaxEntries];
    private readonly byte[] _keys = new byte[Observation.MaxEntries * Observation.MaxKeyLength];
    private readonly RedisServers _servers;
    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<StoreStatus> _core;
    private Observation _observation = null!;
    private StoreStatus _status;
    private long _started;
    private TimeSpan _timeout;
    private int _count;
    private int _sent;
    private int _parts;
    private int _holders;
    private bool _isReplica;
    private bool _isOver = true;

    /// <summary>Makes a round for <see cref="RedisRoundPool"/>.</summary>
    public RedisRound(RedisServers servers)
    {
        _servers = servers;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = servers.Time.CreateTimer(
                static round => ((RedisRound)round!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Sends an observation's commands and waits for the answers. A failure to send is a status too.</summary>
    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        Begin(observation, timeout);
        Send(_servers.Routes);
        if (!EndIssue())
        {
            return new ValueTask<StoreStatus>(this, _core.Version);
        }

        var status = _status;
        Release();
        return new ValueTask<StoreStatus>(status);
    }

    /// <summary>Most bytes that the commands for one server take.</summary>
    public int MaxLength(int server)
    {
        var length = 0;
        for (var i = 0; i < _count; i++)
        {
            length += _entries[i].Server == server ? EntryCommands.MaxLength(_observation, i) : 0;
        }

        return length;
    }

    /// <summary>Writes the commands for one server.</summary>
    public void Write(ref RespWriter writer, int server)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var entry = ref _entries[i];
            if (entry.Server == server)
            {
                entry.Steps = EntryCommands.Of(_observation, i, _servers.Expiring, _isReplica);
                EntryCommands.Write(ref writer, _observation, i, entry.Steps);
            }
        }
    }

    /// <summary>Reads as many of its replies as have been received.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="at">Where the replies begin; moves on.</param>
    /// <param name="length">How many bytes were read.</param>
    /// <param name="needed">If more data is needed: how many bytes are known to be needed, those read not counted.</param>
    /// <returns>Done if it has all replies of this server, which then lets go of it; NeedMoreData; InvalidData.</returns>
    public OperationStatus Read(ReadOnlySpan<byte> received, ref RoundPosition at, out int length, out int needed)
    {
        length = 0;
        needed = 0;
        lock (_lock)
        {
            while (FindNext(ref at))
            {
                var status = RespReply.TryRead(received[length..], out var reply, out needed);
                if (status != OperationStatus.Done)
                {
                    return status;
                }

                if (!Accept(at.Entry, at.Next, reply))
                {
                    return OperationStatus.InvalidData;
                }

                length += needed;
                at.Advance();
                if (at.Open == EntrySteps.None)
                {
                    End(at.Entry);
                }
            }

            EndPart();
        }

        Release();
        return OperationStatus.Done;
    }

    /// <summary>Notes that a connection brings no more replies, and lets go.</summary>
    /// <param name="at">The first reply that did not come.</param>
    public void Lose(RoundPosition at)
    {
        lock (_lock)
        {
            while (FindNext(ref at))
            {
                Abandon(at.Entry);
                at.Open = EntrySteps.None;
            }

            EndPart();
        }

        Release();
    }

    /// <inheritdoc/>
    public void Execute() => _core.SetResult(_status);

    /// <inheritdoc/>
    public StoreStatus GetResult(short token)
    {
        var status = _core.GetResult(token);
        Release();
        return status;
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Begin(Observation observation, TimeSpan timeout)
    {
        _observation = observation;
        _timeout = timeout;
        _started = _servers.Time.GetTimestamp();
        _count = observation.Count;
        _sent = 0;

        // The one that sends counts as a part, so that the round is not over before the last server was asked.
        _parts = 1;
        _holders = 1;
        for (var i = 0; i < _count; i++)
        {
            var key = observation.Key(i).Span;
            key.CopyTo(_keys.AsSpan(i * Observation.MaxKeyLength));
            _entries[i] = new RoundEntry
            {
                KeyLength = key.Length,
                Writes = !observation.Value(i).IsEmpty,
                TimeToLiveSeconds = observation.TimeToLiveSeconds(i),
                LogLength = -1,
            };
        }

        lock (_lock)
        {
            _isOver = false;
        }

        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    private void Send(RedisRoutes routes)
    {
        _isReplica = routes.IsReplica;
        for (var i = 0; i < _count; i++)
        {
            _entries[i].Server = routes.ServerOf(Key(i));
        }

        for (var i = 0; i < _count; i++)
        {
            var server = _entries[i].Server;
            if (IsFirstOf(server, i))
            {
                SendTo(server, routes);
            }
        }
    }

    private bool IsFirstOf(int server, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (_entries[i].Server == server)
            {
                return false;
            }
        }

        return true;
    }

    private void SendTo(int server, RedisRoutes routes)
    {
        if (server < 0)
        {
            Settle(server, EntryOutcome.Failed);
            return;
        }

        if (!_servers.TryEnter(routes, server))
        {
            Settle(server, EntryOutcome.Skipped);
            return;
        }

        lock (_lock)
        {
            _parts++;
        }

        Interlocked.Increment(ref _holders);
        if (routes.Servers[server].Pipe?.TrySend(this, server) == true)
        {
            _sent++;
            return;
        }

        lock (_lock)
        {
            _parts--;
        }

        Interlocked.Decrement(ref _holders);
        Settle(server, EntryOutcome.Failed);
    }

    private void Settle(int server, EntryOutcome outcome)
    {
        lock (_lock)
        {
            for (var i = 0; i < _count; i++)
            {
                if (_entries[i].Server == server)
                {
                    _entries[i].Outcome = outcome;
                    _entries[i].Failure = StoreStatus.Unavailable;
                }
            }
        }
    }

    private ReadOnlySpan<byte> Key(int index) => _keys.AsSpan(index * Observation.MaxKeyLength, _entries[index].KeyLength);

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _core.Reset();
            _observation = null!;
            _servers.Rounds.Return(this);
        }
    }
}
