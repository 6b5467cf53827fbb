using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Window logs in Redis 6.2 or later, Valkey, Garnet, or a Cluster of them. No script.
/// </summary>
/// <remarks>
/// <para>
/// Events go over connections of the store's own (<see cref="RedisServers"/>). StackExchange.Redis finds out what the
/// servers are and which of them takes writes, and carries all calls beside the events.
/// </para>
/// <para>
/// Commands: APPEND, EXPIRE, GETRANGE, SET, SETEX, GET, STRLEN, UNLINK, WATCH, UNWATCH, MULTI, EXEC, DISCARD, INFO, those of
/// the ACL category connection, and CLUSTER NODES where there is a Cluster; keys <c>w*</c>, <c>c*</c>, <c>l*</c>, <c>k*</c> and <c>p*</c>. A Cluster
/// needs <c>cluster-require-full-coverage no</c>, else all shards refuse while one is away.
/// </para>
/// <para>
/// Failures of the server come back as a status and are never logged one by one.
/// </para>
/// </remarks>
internal sealed partial class RedisWindowStore : IWindowStore
{
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly RedisMaintenance _maintenance;
    private readonly RedisServers _servers;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisWindowStore> _logger;

    private RedisWindowStore(
        ConnectionMultiplexer connection,
        RedisMaintenance maintenance,
        RedisServers servers,
        ILogger<RedisWindowStore> logger,
        TimeProvider time)
    {
        _connection = connection;
        _database = connection.GetDatabase();
        _maintenance = maintenance;
        _servers = servers;
        _time = time;
        _logger = logger;
        connection.ConnectionFailed += OnConnectionFailed;
        connection.ConnectionRestored += OnConnectionRestored;
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

        var started = time.GetTimestamp();
        var client = ConnectionMultiplexer.ConnectAsync(configuration);
        var maintenance = ConnectionMultiplexer.ConnectAsync(RedisConnection.ForMaintenance(configuration, options));
        var connection = await client;
        var servers = new RedisServers(connection, new RedisDialer(configuration, options, time), logger, time);
        var store = new RedisWindowStore(connection, new RedisMaintenance(await maintenance, time), servers, logger, time);

        // A server that let the client in answers at once, so this ends early or the time is up.
        var left = options.ConnectTimeout - time.GetElapsedTime(started);
        await RedisWait.ForAsync(servers.Tried, left > options.HeartbeatInterval ? left : options.HeartbeatInterval, time);
        return store;
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout) =>
        _servers.IsAnyConnected
            ? _servers.Rounds.Rent().ObserveAsync(observation, timeout)
            : new ValueTask<StoreStatus>(StoreStatus.Unavailable);

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
        if (!_connection.IsConnected || !_servers.IsAnyConnected)
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
        await _servers.DisposeAsync();
        await _connection.DisposeAsync();
        await _maintenance.DisposeAsync();
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure)
    {
        _servers.Expiring.Clear();
        LogConnectionFailed(failure.EndPoint, failure.FailureType);
    }

    private void OnConnectionRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        _servers.Expiring.Clear();
        LogConnectionRestored(restored.EndPoint);
    }
}
