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

    private static readonly ConcurrentQueue<RedisRound> Pool = new();
    private static int _pooled;

    private readonly Task<long>?[] _appends = new Task<long>?[Observation.MaxEntries];
    private readonly Task<RedisValue>?[] _ranges = new Task<RedisValue>?[Observation.MaxEntries];
    private readonly byte[]?[] _keys = new byte[]?[Observation.MaxEntries];
    private readonly byte[] _values = new byte[Observation.MaxEntries * WindowRecord.Length];
    private int _count;

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
    public void Issue(IDatabase database, ExpiringKeys expiring, Observation observation)
    {
        _count = observation.Count;
        for (var i = 0; i < _count; i++)
        {
            // The client's key type takes an array of its own; nothing cheaper exists in it.
            _keys[i] = observation.Key(i).ToArray();
            observation.Value(i).Span.CopyTo(_values.AsSpan(i * WindowRecord.Length));
        }

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
        }
    }

    /// <summary>Hands what has come so far to the observation.</summary>
    /// <remarks>
    /// An entry whose append was refused but whose log could be read is answered with a log length of 0: what was
    /// known before this event.
    /// </remarks>
    public StoreStatus Collect(ExpiringKeys expiring, Observation observation)
    {
        int whole = 0, readOnly = 0, timedOut = 0;
        for (var i = 0; i < _count; i++)
        {
            var append = _appends[i];
            var range = _ranges[i]!;
            if (range.IsCompletedSuccessfully && append is null or { IsCompletedSuccessfully: true })
            {
                observation.SetAnswer(i, append is null ? 0 : append.Result, Bytes(range.Result).Span);
                whole++;
                if (append is not null)
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
                continue;
            }

            var status = StatusOf(append is { IsCompletedSuccessfully: false } ? append : range);
            readOnly += status == StoreStatus.ReadOnly ? 1 : 0;
            timedOut += status == StoreStatus.Timeout ? 1 : 0;
        }

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
        try
        {
            if (!value.IsEmpty)
            {
                var seconds = observation.TimeToLiveSeconds(index);
                var timeToLive = TimeSpan.FromSeconds(seconds);
                if (!expiring.Contains(_keys[index], seconds))
                {
                    _ = target.StringSetAsync(key, RedisValue.EmptyString, timeToLive, When.NotExists, CommandFlags.FireAndForget);
                }

                _appends[index] = target.StringAppendAsync(key, Value(index, value.Length));
                _ = target.KeyExpireAsync(key, timeToLive, CommandFlags.FireAndForget);
            }

            _ranges[index] = target.StringGetRangeAsync(key, observation.RangeStart(index), observation.RangeEnd(index));
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

    private RedisValue Value(int index, int length) => (ReadOnlyMemory<byte>)_values.AsMemory(index * WindowRecord.Length, length);
}
