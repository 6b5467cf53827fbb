using System.Collections.Concurrent;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// The commands of one <see cref="Observation"/> under way: issued as one pipeline, awaited, then collected into it.
/// </summary>
/// <remarks>
/// The observation is read while issuing and written while collecting, both by its asker; the client library only
/// ever holds this round's own copies. So a round that is still under way when its asker gives up can harm nobody: it
/// is left to the collector instead of going back to the pool.
/// </remarks>
internal sealed class RedisRound
{
    // As many as the gate lets through at once by default; past that the collector takes them.
    private const int MaxPooled = 1_024;

    // The commands of an entry rely on their order. A command that the client redirects (MOVED) is sent again alone,
    // one without a waiting task not at all: keys without an expiry were the result. So none is redirected; the
    // client corrects its map of the slots all the same.
    private const CommandFlags InOrder = CommandFlags.NoRedirect;
    private const CommandFlags Silently = CommandFlags.NoRedirect | CommandFlags.FireAndForget;

    private static readonly ConcurrentQueue<RedisRound> Pool = new();
    private static int _pooled;

    private readonly Task<long>?[] _appends = new Task<long>?[Observation.MaxEntries];
    private readonly Task<bool>?[] _expires = new Task<bool>?[Observation.MaxEntries];
    private readonly int[] _timesToLive = new int[Observation.MaxEntries];
    private readonly Task<RedisValue>?[] _ranges = new Task<RedisValue>?[Observation.MaxEntries];
    private readonly byte[]?[] _keys = new byte[]?[Observation.MaxEntries];
    private readonly sbyte[] _shards = new sbyte[Observation.MaxEntries];
    private readonly byte[] _values = new byte[Observation.MaxValueBytes];
    private readonly int[] _valueOffsets = new int[Observation.MaxEntries];
    private int _count;
    private ulong _skipped;

    // What an entry gets whose shard is known to be away.
    private static readonly Task<long> NotAppended = Away<long>();
    private static readonly Task<RedisValue> NotRead = Away<RedisValue>();

    private RedisRound()
    {
    }

    /// <summary>Takes a round that nobody uses.</summary>
    public static RedisRound Rent()
    {
        if (Pool.TryDequeue(out var round))
        {
            Interlocked.Decrement(ref _pooled);
            return round;
        }

        return new RedisRound();
    }

    /// <summary>Gives the round back; only once every answer has come.</summary>
    public void Return()
    {
        Array.Clear(_appends, 0, _count);
        Array.Clear(_expires, 0, _count);
        Array.Clear(_ranges, 0, _count);
        Array.Clear(_keys, 0, _count);
        _count = 0;
        if (Interlocked.Increment(ref _pooled) <= MaxPooled)
        {
            Pool.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref _pooled);
        }
    }

    /// <summary>Sends all commands. A failure to send shows as failed answers, never as an exception.</summary>
    public void Issue(IDatabase database, ExpiringKeys expiring, ClusterShards shards, Observation observation)
    {
        _count = observation.Count;
        ulong asked = 0, skipped = 0;
        var valuesUsed = 0;
        for (var i = 0; i < _count; i++)
        {
            // The client's key type takes an array of its own; nothing cheaper exists in it.
            _keys[i] = observation.Key(i).ToArray();
            var value = observation.Value(i).Span;
            value.CopyTo(_values.AsSpan(valuesUsed));
            _valueOffsets[i] = valuesUsed;
            valuesUsed += value.Length;
            var shard = shards.Of(_keys[i]);
            _shards[i] = (sbyte)shard;
            if (shard >= 0 && ((asked | skipped) & (1UL << shard)) == 0)
            {
                _ = shards.TryEnter(shard) ? asked |= 1UL << shard : skipped |= 1UL << shard;
            }
        }

        _skipped = skipped;

        try
        {
            var batch = database.CreateBatch();
            for (var i = 0; i < _count; i++)
            {
                Enqueue(batch, expiring, observation, i);
            }

            batch.Execute();
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            // A batch is all or nothing: with one shard (or, for a replica, every primary) away none of it was
            // sent. One by one, each command goes to the server that it can go to.
            for (var i = 0; i < _count; i++)
            {
                Enqueue(database, expiring, observation, i);
            }
        }
    }

    /// <summary>Completes when every command was answered or given up by the client; never fails.</summary>
    public async Task SettleAsync()
    {
        // From the last: one connection answers in order, so the first wait is usually the only one.
        for (var i = _count - 1; i >= 0; i--)
        {
            await ((Task)_ranges[i]!).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_appends[i] is { } append)
            {
                await ((Task)append).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_expires[i] is { } expire)
            {
                await ((Task)expire).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// The next entry of a settled round whose record was taken without its expiry (see <see cref="ExpiryDebt"/>).
    /// </summary>
    /// <param name="index">Where to begin looking; then the entry after the one returned.</param>
    /// <param name="key">The key.</param>
    /// <param name="timeToLive">The expiry that it should have.</param>
    public bool TryNextDebt(ref int index, out RedisKey key, out TimeSpan timeToLive)
    {
        for (; index < _count; index++)
        {
            if (_expires[index] is { IsCompletedSuccessfully: false } && _appends[index] is { IsCompletedSuccessfully: true })
            {
                key = _keys[index];
                timeToLive = TimeSpan.FromSeconds(_timesToLive[index]);
                index++;
                return true;
            }
        }

        key = default;
        timeToLive = default;
        return false;
    }

    /// <summary>Hands what has come so far to the observation.</summary>
    /// <remarks>
    /// An entry whose append was refused but whose log could be read is answered with a log length of 0: what was
    /// known before this event.
    /// </remarks>
    public StoreStatus Collect(ExpiringKeys expiring, ClusterShards shards, Observation observation)
    {
        int whole = 0, readOnly = 0, timedOut = 0;
        ulong answered = 0, failed = 0;
        for (var i = 0; i < _count; i++)
        {
            var append = _appends[i];
            var range = _ranges[i]!;
            var shard = _shards[i] < 0 || IsSkipped(i) ? 0 : 1UL << _shards[i];
            if (range.IsCompletedSuccessfully && append is null or { IsCompletedSuccessfully: true })
            {
                observation.SetAnswer(i, append is null ? 0 : append.Result, Bytes(range.Result).Span);
                whole++;
                answered |= shard;
                if (append is not null && _expires[i] is null or { IsCompletedSuccessfully: true })
                {
                    expiring.Add(_keys[i]);
                }

                continue;
            }

            if (range.IsCompletedSuccessfully && append is { IsFaulted: true })
            {
                // Whatever the append's failure: the server that holds the log answers and takes no writes.
                observation.SetAnswer(i, 0, Bytes(range.Result).Span);
                _ = append.Exception;
                readOnly++;
                answered |= shard;
                continue;
            }

            var status = StatusOf(append is { IsCompletedSuccessfully: false } ? append : range);
            readOnly += status == StoreStatus.ReadOnly ? 1 : 0;
            timedOut += status == StoreStatus.Timeout ? 1 : 0;
            failed |= status == StoreStatus.ReadOnly ? 0 : shard;
        }

        shards.Note(answered, failed);

        return whole == _count ? StoreStatus.Ok
            : whole > 0 ? StoreStatus.Partial
            : readOnly > 0 ? StoreStatus.ReadOnly
            : timedOut > 0 ? StoreStatus.Timeout
            : StoreStatus.Unavailable;
    }

    private static ReadOnlyMemory<byte> Bytes(RedisValue value) => value;

    private static StoreStatus StatusOf(Task task) => task.IsCompleted ? RedisFailure.Of(task) : StoreStatus.Timeout;

    private void Enqueue(IDatabaseAsync target, ExpiringKeys expiring, Observation observation, int index)
    {
        RedisKey key = _keys[index];
        var value = observation.Value(index);
        if (IsSkipped(index))
        {
            _appends[index] = value.IsEmpty ? null : NotAppended;
            _ranges[index] = NotRead;
            return;
        }

        try
        {
            if (!value.IsEmpty)
            {
                var seconds = observation.TimeToLiveSeconds(index);
                var timeToLive = TimeSpan.FromSeconds(seconds);
                if (!expiring.Contains(_keys[index], seconds))
                {
                    _ = target.StringSetAsync(key, RedisValue.EmptyString, timeToLive, When.NotExists, Silently);
                }

                _appends[index] = target.StringAppendAsync(key, Value(index, value.Length), InOrder);
                _timesToLive[index] = seconds;
                if (_shards[index] == ClusterShards.NoCluster)
                {
                    _ = target.KeyExpireAsync(key, timeToLive, Silently);
                }
                else
                {
                    _expires[index] = target.KeyExpireAsync(key, timeToLive, InOrder);
                }
            }

            _ranges[index] = target.StringGetRangeAsync(key, observation.RangeStart(index), observation.RangeEnd(index), InOrder);
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            if (!value.IsEmpty)
            {
                _appends[index] = Task.FromException<long>(error);
            }

            _ranges[index] = Task.FromException<RedisValue>(error);
        }
    }

    private static Task<T> Away<T>()
    {
        var away = Task.FromException<T>(new RedisConnectionException(
            ConnectionFailureType.UnableToResolvePhysicalConnection, CommandFlags.None, "The shard is away."));
        _ = away.Exception;
        return away;
    }

    private bool IsSkipped(int index) => _shards[index] >= 0 && (_skipped & (1UL << _shards[index])) != 0;

    private RedisValue Value(int index, int length) => (ReadOnlyMemory<byte>)_values.AsMemory(_valueOffsets[index], length);
}
