using System.Globalization;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Load.Targets;
using KekeStar.Antifraud.Windows;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>
/// Windows as they are often kept: for each entity a sorted set of event ids by time, written and counted in one Lua script
/// over all entities of the event.
/// </summary>
internal sealed class SortedSetWindows : IAsyncDisposable
{
    // The event is added before it is counted, and its member is its id: neither is what this design is turned down for.
    private const string Script = """
        local now = tonumber(ARGV[1])
        local last = 0
        for _, key in ipairs(KEYS) do
            redis.call('ZADD', key, now, ARGV[2])
            redis.call('ZREMRANGEBYSCORE', key, '-inf', now - tonumber(ARGV[#ARGV]))
            for window = 3, #ARGV do
                last = redis.call('ZCOUNT', key, now - tonumber(ARGV[window]), '+inf')
            end
            redis.call('PEXPIRE', key, ARGV[#ARGV])
        end
        return last
        """;

    private readonly ChildServer _redis;
    private readonly ConnectionMultiplexer _connection;
    private readonly byte[] _script;
    private readonly RedisValue[] _windows;

    private SortedSetWindows(ChildServer redis, ConnectionMultiplexer connection, byte[] script)
    {
        _redis = redis;
        _connection = connection;
        _script = script;
        _windows = [.. Enumerable.Range(0, WindowLengths.Count).Select(static window => (RedisValue)WindowLengths.Milliseconds((WindowLength)window))];
    }

    /// <summary>Over an empty redis-server that is started for it.</summary>
    public static async Task<SortedSetWindows> OpenAsync()
    {
        var redis = await RedisProcess.StartAsync(CancellationToken.None);
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address.ToString());
        var script = await connection.GetServer(redis.Address).ScriptLoadAsync(Script);
        return new SortedSetWindows(redis, connection, script);
    }

    /// <summary>Writes and counts an event.</summary>
    /// <returns>The count of the last entity in the longest window, the event included.</returns>
    public async Task<int> ObserveAsync(ScoreEvent scoreEvent)
    {
        var keys = new List<RedisKey>(EntitySlot.Count);
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (WindowSlots.HasLog(scoreEvent, slot))
            {
                var key = new byte[WindowKey.Length];
                WindowKey.Write(key, scoreEvent.Keys.Current.Number, EntitySlot.Kind(slot), scoreEvent.Entity(slot));
                keys.Add(key);
            }
        }

        RedisValue[] arguments =
        [
            scoreEvent.TimeMilliseconds,
            string.Create(CultureInfo.InvariantCulture, $"{scoreEvent.Event.High:x16}{scoreEvent.Event.Low:x16}"),
            .. _windows,
        ];
        return (int)await _connection.GetDatabase().ScriptEvaluateAsync(_script, [.. keys], arguments);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
