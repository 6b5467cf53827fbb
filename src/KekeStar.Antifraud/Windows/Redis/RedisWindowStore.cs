using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Window logs in Redis 6.2 or later, Valkey, Garnet, or a Cluster of them, through StackExchange.Redis. No script.
/// </summary>
/// <remarks>
/// <para>
/// Commands: APPEND, EXPIRE, GETRANGE, SET, SETEX, GET, STRLEN, UNLINK, WATCH, UNWATCH, MULTI, EXEC, DISCARD, INFO, those of
/// the ACL category connection, and CLUSTER NODES where there is a Cluster; keys <c>w*</c>, <c>c*</c>, <c>l*</c>, <c>k*</c> and <c>p*</c>. A Cluster
/// needs <c>cluster-require-full-coverage no</c>, else all shards refuse while one is away.
/// </para>
/// <para>
/// Observations wait with a timer of their own rather than with the client's time-out, which is only checked at its
/// heartbeat. Failures of the server come back as a status and are never logged one by one.
/// </para>
/// </remarks>
internal sealed partial class RedisWindowStore : IWindowStore
{
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly RedisMaintenance _maintenance;
    private readonly ExpiringKeys _expiring;
    private readonly ClusterShards _shards;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisWindowStore> _logger;

    private RedisWindowStore(
        ConnectionMultiplexer connection,
        RedisMaintenance maintenance,
        ILogger<RedisWindowStore> logger,
        TimeProvider time)
    {
        _maintenance = maintenance;
        _connection = connection;
        _database = connection.GetDatabase();
        _expiring = new ExpiringKeys(time);
        _shards = new ClusterShards(connection, time);
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

        var hot = ConnectionMultiplexer.ConnectAsync(configuration);
        var maintenance = ConnectionMultiplexer.ConnectAsync(RedisConnection.ForMaintenance(configuration, options));
        var store = new RedisWindowStore(await hot, new RedisMaintenance(await maintenance, time), logger, time);
        store._shards.Look();
        return store;
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
        round.Issue(_database, _expiring, _shards, observation);
        var settled = SettleAsync(round);
        await RedisWait.ForAsync(settled, timeout, _time);

        var isSettled = settled.IsCompleted;
        var status = round.Collect(_expiring, _shards, observation);
        if (isSettled)
        {
            round.Return();
        }

        return status;
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> AppendAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> value,
        TimeSpan timeToLive,
        TimeSpan timeout) => _maintenance.AppendAsync(key, value, timeToLive, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) =>
        _maintenance.ReadAsync(key, start, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreReplace> ReplaceAsync(
        ReadOnlyMemory<byte> key,
        ReadOnlyMemory<byte> expected,
        ReadOnlyMemory<byte> replacement,
        TimeSpan timeToLive,
        TimeSpan timeout) => _maintenance.ReplaceAsync(key, expected, replacement, timeToLive, timeout);

    /// <inheritdoc/>
    public async ValueTask<StoreStatus> PingAsync(TimeSpan timeout)
    {
        if (!_connection.IsConnected)
        {
            return StoreStatus.Unavailable;
        }

        var writes = new Task[RedisProbe.Keys.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            writes[i] = RedisProbe.WriteAsync(_database, i);
        }

        await RedisWait.ForAsync(Task.WhenAll(writes), timeout, _time);
        var answered = 0;
        var worst = StoreStatus.Ok;
        foreach (var write in writes)
        {
            var status = RedisWait.StatusOfWrite(write, _connection);
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
        await _maintenance.DisposeAsync();
    }

    // Also runs to its end for an event that no longer waits.
    private async Task SettleAsync(RedisRound round)
    {
        await round.SettleAsync();
        var index = 0;
        while (round.TryNextDebt(ref index, out var key, out var timeToLive))
        {
            _ = PayAsync(key, timeToLive);
        }
    }

    private async Task PayAsync(RedisKey key, TimeSpan timeToLive)
    {
        if (!await ExpiryDebt.PayAsync(_database, key, timeToLive, _time))
        {
            LogExpiryNotSet();
        }
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure)
    {
        _expiring.Clear();
        LogConnectionFailed(failure.EndPoint, failure.FailureType);
    }

    private void OnConnectionRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        _expiring.Clear();
        _shards.LookAgain();
        LogConnectionRestored(restored.EndPoint);
    }

    private void OnHashSlotMoved(object? sender, HashSlotMovedEventArgs moved)
    {
        // One slot has shown its new place; the others of its shard have probably moved with it.
        _expiring.Clear();
        _shards.LookAgain();
    }
}
