using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using KekeStar.Antifraud.Load.Http2;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>The far end of one connection, played frame by frame from the test.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SendBuffer _unsent = new();
    private readonly ReceiveBuffer _received = new();
    private Socket? _socket;

    public ScriptedServer() => _listener.Start();

    /// <summary>Connects a client session while this side greets it with settings (id, value).</summary>
    public Http2Session Connect(int streams, params (ushort Id, uint Value)[] settings)
        => Connect(new CallShape { Path = "/a.B/C", Streams = streams, MessageSize = 10 }, settings);

    /// <summary>Connects a client session, whose messages repeat the request's number, while this side greets it with settings (id, value).</summary>
    public Http2Session Connect(CallShape shape, params (ushort Id, uint Value)[] settings)
    {
        Task<Http2Session> connecting = Task.Run(() => Http2Session.Connect((IPEndPoint)_listener.LocalEndpoint, shape, static (request, target) => target.Fill((byte)request)));
        _socket = _listener.AcceptSocket();
        _socket.ReceiveTimeout = (int)Patience.Limit.TotalMilliseconds;
        byte[] preface = new byte[24];
        for (int read = 0; read < preface.Length;)
        {
            read += _socket.Receive(preface.AsSpan(read));
        }

        Span<byte> payload = _unsent.Frame(FrameType.Settings, 0, 0, settings.Length * 6);
        foreach ((ushort id, uint value) in settings)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload, id);
            BinaryPrimitives.WriteUInt32BigEndian(payload[2..], value);
            payload = payload[6..];
        }

        Send();
        return connecting.GetAwaiter().GetResult();
    }

    /// <summary>Sends one frame.</summary>
    public void Send(byte type, byte flags, int stream, params byte[] payload)
    {
        payload.CopyTo(_unsent.Frame(type, flags, stream, payload.Length));
        Send();
    }

    /// <summary>Gives the next frame of a type from the client.</summary>
    public (FrameHeader Header, byte[] Payload) Next(byte type)
    {
        while (true)
        {
            while (_received.TryTake(out FrameHeader header, out ReadOnlySpan<byte> payload))
            {
                if (header.Type == type)
                {
                    return (header, payload.ToArray());
                }
            }

            _received.Fill(_socket!);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }

    private void Send() => _unsent.Flush(_socket!);
}
