using System.Net;
using System.Net.Sockets;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>
/// Stands between a store and a real server and spoils what the server answers on connections that carry events, those
/// on which an APPEND was seen. The client's own connections pass untouched.
/// </summary>
internal sealed class RedisProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;

    public RedisProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string EndPoint => _listener.LocalEndpoint.ToString()!;

    /// <summary>Longest piece in which replies are passed on.</summary>
    public int MaxPiece { get; set; } = int.MaxValue;

    /// <summary>After how many bytes of replies the connection is cut, once; negative: never.</summary>
    public int CutAfter { get; set; } = -1;

    /// <summary>What is sent instead of the next replies, once.</summary>
    public byte[]? Instead { get; set; }

    /// <summary>What replies wait for before they are passed on.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        var connection = new Connection();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            var asking = AskAsync(client.GetStream(), server.GetStream(), connection);
            var answering = AnswerAsync(server.GetStream(), client.GetStream(), connection);
            await Task.WhenAny(asking, answering);
            client.Close();
            server.Close();
            await Task.WhenAll(asking, answering);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            client.Dispose();
        }
    }

    private async Task AskAsync(NetworkStream from, NetworkStream to, Connection connection)
    {
        var buffer = new byte[64 * 1024];
        for (var count = await from.ReadAsync(buffer, _stop.Token); count > 0; count = await from.ReadAsync(buffer, _stop.Token))
        {
            connection.CarriesEvents |= buffer.AsSpan(0, count).IndexOf("APPEND"u8) >= 0;
            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, Connection connection)
    {
        var buffer = new byte[64 * 1024];
        for (var count = await from.ReadAsync(buffer, _stop.Token); count > 0; count = await from.ReadAsync(buffer, _stop.Token))
        {
            if (!connection.CarriesEvents)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
                continue;
            }

            await Gate.WaitAsync(_stop.Token);
            if (Instead is { } instead)
            {
                Instead = null;
                await to.WriteAsync(instead, _stop.Token);
                continue;
            }

            if (!await PassAsync(to, buffer.AsMemory(0, count)))
            {
                return;
            }
        }
    }

    private async Task<bool> PassAsync(NetworkStream to, ReadOnlyMemory<byte> replies)
    {
        while (!replies.IsEmpty)
        {
            var length = Math.Min(replies.Length, MaxPiece == int.MaxValue ? int.MaxValue : Random.Shared.Next(1, MaxPiece + 1));
            if (CutAfter >= 0 && CutAfter <= length)
            {
                await to.WriteAsync(replies[..CutAfter], _stop.Token);
                CutAfter = -1;
                return false;
            }

            CutAfter -= CutAfter >= 0 ? length : 0;
            await to.WriteAsync(replies[..length], _stop.Token);
            replies = replies[length..];
        }

        return true;
    }

    private sealed class Connection
    {
        public bool CarriesEvents { get; set; }
    }
}
