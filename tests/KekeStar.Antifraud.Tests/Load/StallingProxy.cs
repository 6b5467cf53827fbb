using System.Net;
using System.Net.Sockets;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>Passes one connection on to a server, and once passes nothing on for a while, in either direction.</summary>
internal sealed class StallingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _stall;
    private readonly TimeSpan _stallAfter;

    public StallingProxy(IPEndPoint target, TimeSpan stallAfter, TimeSpan stall)
    {
        _stallAfter = stallAfter;
        _stall = stall;
        _listener.Start();
        _ = ServeAsync(target);
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(IPEndPoint target)
    {
        using Socket client = await _listener.AcceptSocketAsync(_stop.Token);
        using var server = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.NoDelay = server.NoDelay = true;
        await server.ConnectAsync(target, _stop.Token);
        long stallAt = Environment.TickCount64 + (long)_stallAfter.TotalMilliseconds;
        long goOnAt = stallAt + (long)_stall.TotalMilliseconds;
        await Task.WhenAny(PassAsync(client, server, stallAt, goOnAt), PassAsync(server, client, stallAt, goOnAt));
    }

    private async Task PassAsync(Socket from, Socket to, long stallAt, long goOnAt)
    {
        byte[] bytes = new byte[65_536];
        while (await from.ReceiveAsync(bytes, _stop.Token) is > 0 and int length)
        {
            long now = Environment.TickCount64;
            if (now >= stallAt && now < goOnAt)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(goOnAt - now), _stop.Token);
            }

            await to.SendAsync(bytes.AsMemory(0, length), _stop.Token);
        }
    }
}
