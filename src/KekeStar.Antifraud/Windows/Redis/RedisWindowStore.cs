using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Window logs in Redis 6.2 or later, Valkey, Garnet, or a Cluster of them, through StackExchange.Redis. Needs APPEND,
/// EXPIRE, GETRANGE, SET, GET, STRLEN, DEL and WATCH/MULTI/EXEC; no script.
/// </summary>
/// <remarks>
/// Observations wait with a timer of their own rather than with the client's time-out, which is only checked at its
/// heartbeat. Failures of the server come back as a status and are never logged one by one.
/// </remarks>
internal sealed partial class RedisWindowStore : IWindowStore
{
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly ExpiringKeys _expiring;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisWindowStore> _logger;

    private RedisWindowStore(ConnectionMultiplexer connection, ILogger<RedisWindowStore> logger, TimeProvider time)
    {
        _connection = connection;
        _database = connection.GetDatabase();
        _expiring = new ExpiringKeys(time);
        _time = time;
        _logger = logger;
        connection.ConnectionFailed += OnConnectionFailed;
        connection.ConnectionRestored += OnConnectionRestored;
        connection.HashSlotMoved += OnHashSlotMoved;
    }

    /// <summary>Connects, or goes on connecting in the background if no server answers within the time-out.</summary>
    /// <exception cref="ArgumentException">The options are wrong; names every error.</exception>
    public static async Task<RedisWindowStore> ConnectAsync(
        RedisStoreOptions options,
        ILogger<RedisWindowStore> logger,
        TimeProvider time)
    {
        var errors = new List<string>();
        var configuration = RedisConnection.Read(options, errors);
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        return new RedisWindowStore(await ConnectionMultiplexer.ConnectAsync(configuration), logger, time);
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        if (!_connection.IsConnected)
        {
            return StoreStatus.Unavailable;
        }

        var round = RedisRound.Rent();
        round.Issue(_database, _expiring, observation);
        var settled = round.SettleAsync();
        await WithinAsync(settled, timeout);

        var isSettled = settled.IsCompleted;
        var status = round.Collect(_expiring, observation);
        if (isSettled)
        {
            round.Return();
        }

        return status;
    }

    /// <inheritdoc/>
    public async ValueTask<StoreStatus> AppendAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> value,
        TimeSpan timeToLive,
        TimeSpan timeout)
    {
        try
        {
            RedisKey redisKey = key.ToArray();
            var batch = _database.CreateBatch();
            _ = batch.StringSetAsync(redisKey, RedisValue.EmptyString, timeToLive, When.NotExists, CommandFlags.FireAndForget);
            var append = batch.StringAppendAsync(redisKey, value);
            var expire = batch.KeyExpireAsync(redisKey, timeToLive);
            batch.Execute();
            var status = await StatusOfAsync(append, timeout);
            return status == StoreStatus.Ok ? await StatusOfAsync(expire, timeout) : status;
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            return NoServer(error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout)
    {
        try
        {
            var range = _database.StringGetRangeAsync(key.ToArray(), start, -1);
            var status = await StatusOfAsync(range, timeout);
            return new StoreRead(status, status == StoreStatus.Ok ? await range : default(ReadOnlyMemory<byte>));
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            return new StoreRead(NoServer(error), default);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive,
        TimeSpan timeout)
    {
        try
        {
            RedisKey redisKey = key.ToArray();
            ITransaction transaction = _database.CreateTransaction();
            _ = transaction.AddCondition(expected.IsEmpty
                ? Condition.StringLengthEqual(redisKey, 0)
                : Condition.StringEqual(redisKey, expected));
            Task write = replacement.IsEmpty
                ? transaction.KeyDeleteAsync(redisKey)
                : transaction.StringSetAsync(redisKey, replacement, timeToLive);
            var committed = transaction.ExecuteAsync();
            var status = await StatusOfAsync(committed, timeout);

            // A refused write may fail alone while the transaction around it counts as carried out.
            if (status == StoreStatus.Ok && await committed && write.IsFaulted)
            {
                status = RedisFailure.Of(write);
            }

            return new StoreReplace(status, status == StoreStatus.Ok && await committed);
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            return new StoreReplace(NoServer(error), false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoreStatus> PingAsync(TimeSpan timeout)
    {
        if (!_connection.IsConnected)
        {
            return StoreStatus.Unavailable;
        }

        var deadline = _time.GetTimestamp() + (long)(timeout.TotalSeconds * _time.TimestampFrequency);
        var writes = new Task[RedisProbe.Keys.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = RedisProbe.WriteAsync(_database, i);
        }

        var answered = 0;
        var worst = StoreStatus.Ok;
        foreach (var write in writes)
        {
            var left = _time.GetElapsedTime(_time.GetTimestamp(), deadline);
            var status = await StatusOfAsync(write, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            answered += status == StoreStatus.Ok ? 1 : 0;
            worst = status == StoreStatus.Ok ? worst : status;
        }

        return answered > 0 && worst != StoreStatus.Ok ? StoreStatus.Partial : worst;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connection.ConnectionFailed -= OnConnectionFailed;
        _connection.ConnectionRestored -= OnConnectionRestored;
        _connection.HashSlotMoved -= OnHashSlotMoved;
        await _connection.DisposeAsync();
    }

    private async Task WithinAsync(Task task, TimeSpan timeout)
    {
        if (!task.IsCompleted)
        {
            await task.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<StoreStatus> StatusOfAsync(Task task, TimeSpan timeout)
    {
        await WithinAsync(task, timeout);
        return task.IsCompletedSuccessfully ? StoreStatus.Ok
            : task.IsCompleted ? RedisFailure.Of(task)
            : StoreStatus.Timeout;
    }

    // A write that finds no server although one is connected has found replicas only.
    private StoreStatus NoServer(Exception error)
    {
        var status = RedisFailure.Of(error);
        return status == StoreStatus.Unavailable && _connection.IsConnected && !IsCluster() ? StoreStatus.ReadOnly : status;
    }

    private bool IsCluster() => Array.Exists(_connection.GetServers(), static server => server.ServerType == ServerType.Cluster);

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure)
    {
        _expiring.Clear();
        LogConnectionFailed(failure.EndPoint, failure.FailureType);
    }

    private void OnConnectionRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        _expiring.Clear();
        LogConnectionRestored(restored.EndPoint);
    }

    private void OnHashSlotMoved(object? sender, HashSlotMovedEventArgs moved) => _expiring.Clear();
}
