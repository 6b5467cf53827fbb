using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KekeStar.Antifraud.Tests;

/// <summary>
/// Ports for servers that a test starts. A port is given out once, so that two tests never start a server on the same one, and
/// lies below those that the system gives to outgoing connections (32,768 and above on Linux, ip(7)), one of which could take
/// it before the server is there.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 20_000;

    // Ten thousand above it, where a Cluster's bus listens, it is below them too.
    private const int End = 22_768;

    private static readonly ConcurrentDictionary<int, byte> Given = new();

    /// <summary>A port that is free, and free 10,000 above it, where a Redis Cluster's bus listens.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port) && IsFree(port + 10_000) && Given.TryAdd(port, 0))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
