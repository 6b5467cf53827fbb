using System.Globalization;
using System.Net;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Keeps one server connected: connects, looks after the connection, and connects again when it is lost.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    // A connection that is silent for this many command time-outs although it owes replies is dropped.
    private const int SilentTimeouts = 4;

    // An idle connection is written to after this long, so that a silent death shows before the next event.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    private readonly RedisDialer _dialer;
    private readonly RedisServers _servers;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly Task _keeping;
    private RedisPipe? _pipe;

    /// <summary>Begins to connect.</summary>
    public RedisLink(EndPoint endPoint, RedisDialer dialer, RedisServers servers)
    {
        EndPoint = endPoint;
        _name = endPoint switch
        {
            IPEndPoint address => string.Create(CultureInfo.InvariantCulture, $"{address.Address}:{address.Port}"),
            DnsEndPoint host => string.Create(CultureInfo.InvariantCulture, $"{host.Host}:{host.Port}"),
            _ => string.Empty,
        };
        _dialer = dialer;
        _servers = servers;
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>The server.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>The server as <c>host:port</c>, as other servers of a Cluster name it.</summary>
    public string Name => _name;

    /// <summary>The connection; null while there is none.</summary>
    public RedisPipe? Pipe => Volatile.Read(ref _pipe);

    /// <summary>Ends with the first try to connect, however it went.</summary>
    public Task Tried => _tried.Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        var isBack = false;
        while (!_stop.IsCancellationRequested)
        {
            var stream = await _dialer.ConnectAsync(EndPoint, _stop.Token);
            if (stream is not null)
            {
                var pipe = new RedisPipe(stream);
                Volatile.Write(ref _pipe, pipe);
                _tried.TrySetResult();
                if (isBack)
                {
                    _servers.NoteRestored(EndPoint);
                }

                await WatchAsync(pipe);
                Volatile.Write(ref _pipe, null);

                // Before there is another connection: what is known of this server's keys may not hold there.
                _servers.NoteLost(EndPoint, isStopping: _stop.IsCancellationRequested);
                isBack = true;
            }

            _tried.TrySetResult();
            await Task.Delay(_dialer.ReconnectInterval, _servers.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Until the connection is lost, given up for its silence, or no longer wanted.
    private async Task WatchAsync(RedisPipe pipe)
    {
        var answered = pipe.Answered;
        var since = _servers.Time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            await pipe.Lost.WaitAsync(_dialer.HeartbeatInterval, _servers.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (pipe.Lost.IsCompleted)
            {
                break;
            }

            if (pipe.Answered != answered)
            {
                answered = pipe.Answered;
                since = _servers.Time.GetTimestamp();
                continue;
            }

            var silent = _servers.Time.GetElapsedTime(since);
            if (pipe.Outstanding == 0 && silent >= KeepAlive)
            {
                pipe.Ping();
            }
            else if (pipe.Outstanding > 0 && silent >= SilentTimeouts * _dialer.CommandTimeout)
            {
                break;
            }
        }

        await pipe.DisposeAsync();
    }
}
