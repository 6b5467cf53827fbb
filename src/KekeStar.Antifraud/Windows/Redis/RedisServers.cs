using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// The servers that events are sent to: which holds which key, which are away, and a connection to each. What the
/// servers are, and which of them takes writes, is the client's to find out; the events do not go through it.
/// </summary>
/// <remarks>
/// <para>
/// In a Cluster a dead server fails an entry at once. A hung one would make every event with an entry on it wait: p50
/// 20 ms without a breaker for each server, 1.2 ms with it, one of three primaries stopped.
/// </para>
/// <para>
/// While a server that holds slots is away, and when one says that a slot has moved, all servers are asked who holds
/// what: the client itself asks once a second.
/// </para>
/// </remarks>
internal sealed partial class RedisServers : IAsyncDisposable
{
    /// <summary>Most servers with a breaker, one bit each; of a larger Cluster the others are never skipped.</summary>
    public const int MaxBreakers = 64;

    // Slots move one by one in a resharding, and all of a server at once in a fail-over: look at once, then not too often.
    private static readonly TimeSpan BetweenInquiries = TimeSpan.FromMilliseconds(300);

    // Whoever does not answer by then is asked again the next time.
    private static readonly TimeSpan InquiryTimeout = TimeSpan.FromMilliseconds(200);

    private readonly ConnectionMultiplexer _connection;
    private readonly RedisDialer _dialer;
    private readonly ILogger<RedisWindowStore> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly StoreBreaker[] _breakers;
    private readonly Task _looking;
    private RedisRoutes _routes = new([], RedisRoutes.NoServer, [], []);
    private long _inquired;
    private bool _hasMoved;

    /// <summary>Connects to what the client knows, and follows it.</summary>
    public RedisServers(ConnectionMultiplexer connection, RedisDialer dialer, ILogger<RedisWindowStore> logger, TimeProvider time)
    {
        _connection = connection;
        _dialer = dialer;
        _logger = logger;
        Time = time;
        Expiring = new ExpiringKeys(time);
        Rounds = new RedisRoundPool(this);
        _breakers = NewBreakers(new StoreGateOptions(), time);
        _inquired = time.GetTimestamp();
        Look([]);
        _looking = Task.Run(LookAsync);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Which keys are known to carry an expiry.</summary>
    public ExpiringKeys Expiring { get; }

    /// <summary>Rounds that nobody uses.</summary>
    public RedisRoundPool Rounds { get; }

    /// <summary>Which server holds which key.</summary>
    public RedisRoutes Routes => Volatile.Read(ref _routes);

    /// <summary>True if any server is connected.</summary>
    public bool IsAnyConnected
    {
        get
        {
            foreach (var server in Routes.Servers)
            {
                if (server.Pipe is not null)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Ends when each server was tried once.</summary>
    public Task Tried => Task.WhenAll(Routes.Servers.Select(server => server.Tried));

    /// <summary>The server's bit; 0 for one without a breaker.</summary>
    public static ulong BitOf(int server) => server is >= 0 and < MaxBreakers ? 1UL << server : 0;

    /// <summary>True if the server answers, as far as known, or it is time to try it. A single server is the gate's to judge.</summary>
    public bool TryEnter(RedisRoutes routes, int server) => !routes.IsCluster || server >= MaxBreakers || _breakers[server].TryEnter();

    /// <summary>Notes how one event fared.</summary>
    /// <param name="answered">One bit for each server that answered.</param>
    /// <param name="failed">One bit for each server that was asked and did not answer some entry.</param>
    public void Note(ulong answered, ulong failed)
    {
        if (!Routes.IsCluster)
        {
            return;
        }

        for (var server = 0; server < MaxBreakers && (answered | failed) >> server != 0; server++)
        {
            var bit = 1UL << server;
            if ((answered & bit) != 0)
            {
                _breakers[server].Succeeded();
            }
            else if ((failed & bit) != 0)
            {
                _breakers[server].Failed();
            }
        }
    }

    /// <summary>Notes an error reply: one may say that a slot has moved.</summary>
    public void NoteError(ReadOnlySpan<byte> text)
    {
        if (!MovedSlot.TryRead(text, out var moved))
        {
            return;
        }

        // This slot's new place is known at once; the others of its server have probably moved with it.
        var routes = Routes;
        var server = Array.FindIndex(routes.Servers, link => link.Name == moved.Server);
        if (server >= 0 && routes.IsCluster && routes.ServerOfSlot[moved.Slot] != server)
        {
            Expiring.Clear();
            Volatile.Write(ref routes.ServerOfSlot[moved.Slot], (short)server);
        }

        Volatile.Write(ref _hasMoved, true);
    }

    /// <summary>Notes that a connection was lost, and with it what was known of the server's keys.</summary>
    public void NoteLost(EndPoint endPoint, bool isStopping)
    {
        Expiring.Clear();
        if (!isStopping)
        {
            LogEventConnectionLost(endPoint);
        }
    }

    /// <summary>Notes that a lost connection is back.</summary>
    public void NoteRestored(EndPoint endPoint) => LogEventConnectionRestored(endPoint);

    /// <summary>Sets the expiry of a key whose record was taken while the EXPIRE behind it was not, see <see cref="ExpiryDebt"/>.</summary>
    public void PayExpiry(byte[] key, TimeSpan timeToLive) => _ = PayAsync(key, timeToLive);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        foreach (var server in Routes.Servers)
        {
            await server.DisposeAsync();
        }

        _stop.Dispose();
        _dialer.Dispose();
    }

    // A server is judged as the gate judges a whole store, and for the same reasons.
    private static StoreBreaker[] NewBreakers(StoreGateOptions options, TimeProvider time)
    {
        var breakers = new StoreBreaker[MaxBreakers];
        for (var i = 0; i < breakers.Length; i++)
        {
            breakers[i] = new StoreBreaker(options.FailuresToOpen, options.FailingFor, options.ProbeInterval, time);
        }

        return breakers;
    }

    private async Task LookAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(_dialer.HeartbeatInterval, Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                Look(await InquireAsync());
            }
            catch (Exception error) when (RedisFailure.IsExpected(error))
            {
                // The next look comes soon.
            }
        }
    }

    private void Look(IReadOnlyList<ClusterConfiguration> fresh)
    {
        var servers = _connection.GetServers();
        var next = RedisTopology.Read(Routes, servers, fresh, endPoint => new RedisLink(endPoint, _dialer, this));
        if (!next.RoutesLike(Routes))
        {
            // Before anything is sent there: another server may not have every key that this one had.
            Expiring.Clear();
            Volatile.Write(ref _routes, next);
        }
    }

    // What every server of a Cluster says of it, when there is reason to ask; else nothing.
    private async Task<IReadOnlyList<ClusterConfiguration>> InquireAsync()
    {
        if (!Routes.IsCluster || (!Volatile.Read(ref _hasMoved) && !IsSomeAway()) || Time.GetElapsedTime(_inquired) < BetweenInquiries)
        {
            return [];
        }

        Volatile.Write(ref _hasMoved, false);
        _inquired = Time.GetTimestamp();
        var answers = _connection.GetServers().Where(server => server.IsConnected).Select(server => server.ClusterNodesAsync()).ToList();
        await RedisWait.ForAsync(Task.WhenAll(answers), InquiryTimeout, Time);
        return [.. answers.Where(answer => answer.IsCompletedSuccessfully).Select(answer => answer.Result).OfType<ClusterConfiguration>()];
    }

    private bool IsSomeAway()
    {
        var routes = Routes;
        for (var server = 0; server < routes.Servers.Length; server++)
        {
            var isAway = routes.Servers[server].Pipe is null || (server < MaxBreakers && _breakers[server].IsOpen);
            if (isAway && routes.ServerOfSlot.AsSpan().Contains((short)server))
            {
                return true;
            }
        }

        return false;
    }

    private async Task PayAsync(byte[] key, TimeSpan timeToLive)
    {
        if (!await ExpiryDebt.PayAsync(_connection.GetDatabase(), key, timeToLive, Time))
        {
            LogExpiryNotSet();
        }
    }
}
