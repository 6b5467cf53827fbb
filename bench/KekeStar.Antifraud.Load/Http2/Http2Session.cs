using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>
/// One HTTP/2 connection without TLS (prior knowledge, RFC 9113 clause 3.3) that makes unary gRPC calls to one
/// method. Used by one thread: frames are collected by <see cref="Start"/>, sent by <see cref="Flush"/>, and
/// what comes back is taken in by <see cref="Receive"/>, so a batch of calls costs two system calls.
/// </summary>
internal sealed class Http2Session : IDisposable
{
    // Windows of this side: so large that the server never waits for one.
    private const int OwnStreamWindow = 1 << 20;
    private const int OwnConnectionWindow = 1 << 30;

    private readonly Socket _socket;
    private readonly ReceiveBuffer _received = new();
    private readonly SendBuffer _unsent = new();
    private readonly PeerSettings _settings = new();
    private readonly CallStatusReader _statusReader = new();
    private readonly Dictionary<int, Call> _inFlight = [];
    private readonly Stack<Call> _idle = new();
    private readonly List<Call> _ended = [];
    private readonly int _messageSize;
    private byte[] _headers = [];
    private byte[] _laterHeaders = [];
    private long _sendWindow = PeerSettings.DefaultWindow;
    private int _unacknowledged;
    private int _nextStreamId = 1;
    private bool _settingsSeen;
    private bool _closing;

    private Http2Session(Socket socket, int streams, int messageSize)
    {
        _socket = socket;
        _messageSize = messageSize;
        for (int i = 0; i < streams; i++)
        {
            _idle.Push(new Call());
        }
    }

    /// <summary>Gets how many calls are in flight.</summary>
    public int InFlight => _inFlight.Count;

    /// <summary>Gets whether no new call can ever be started: GOAWAY, or the stream ids are used up.</summary>
    public bool Closing => _closing || _nextStreamId < 0;

    /// <summary>Gets whether a call can be started now.</summary>
    public bool CanStart => !Closing && _idle.Count > 0 && _inFlight.Count < _settings.MaxConcurrentStreams
        && _sendWindow >= _messageSize + GrpcMessage.PrefixSize;

    /// <summary>Gets the socket's descriptor, to wait on.</summary>
    public int Descriptor => (int)_socket.Handle;

    /// <summary>Gets the calls that ended since <see cref="Recycle"/>.</summary>
    public List<Call> Ended => _ended;

    /// <summary>Connects and waits for the server's settings.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="path">"/package.Service/Method".</param>
    /// <param name="timeout">Value of grpc-timeout; null: no deadline.</param>
    /// <param name="streams">Calls in flight at most.</param>
    /// <param name="messageSize">Bytes of every request message.</param>
    /// <exception cref="SocketException">Nobody listens, or nothing came for 10 s.</exception>
    /// <exception cref="Http2Exception">The server does not speak HTTP/2, or has too small windows.</exception>
    public static Http2Session Connect(IPEndPoint target, string path, string? timeout, int streams, int messageSize)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        var session = new Http2Session(socket, streams, messageSize);
        try
        {
            socket.Connect(target);
            session.Greet();
            if (messageSize + GrpcMessage.PrefixSize > Math.Min(session._settings.InitialWindow, PeerSettings.DefaultMaxFrameSize))
            {
                throw new Http2Exception("the server's initial window is smaller than a request");
            }

            Hpack.RequestHeaders headers = Hpack.RequestHeaders.Encode(target.ToString(), path, timeout, session._settings.HeaderTableSize);
            session._headers = headers.First;
            session._laterHeaders = headers.Later;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Collects the frames of a call and gives the span for its message. Needs <see cref="CanStart"/>.</summary>
    public Span<byte> Start(long dueAt, ulong request)
    {
        Call call = _idle.Pop();
        call.Begin(_nextStreamId, dueAt, request);
        _inFlight.Add(_nextStreamId, call);

        _headers.CopyTo(_unsent.Frame(FrameType.Headers, FrameFlags.EndHeaders, _nextStreamId, _headers.Length));
        _headers = _laterHeaders;
        int length = GrpcMessage.PrefixSize + _messageSize;
        Span<byte> data = _unsent.Frame(FrameType.Data, FrameFlags.EndStream, _nextStreamId, length);
        GrpcMessage.WritePrefix(data, _messageSize);

        _sendWindow -= length;
        _nextStreamId = unchecked(_nextStreamId + 2);
        return data[GrpcMessage.PrefixSize..];
    }

    /// <summary>Sends what is collected.</summary>
    public void Flush() => _unsent.Flush(_socket);

    /// <summary>Waits for the server and takes in all that it sent; calls that ended stand in <see cref="Ended"/>.</summary>
    public void Receive()
    {
        _received.Fill(_socket);
        while (_received.TryTake(out FrameHeader header, out ReadOnlySpan<byte> payload))
        {
            Handle(header, payload);
        }
    }

    /// <summary>Makes the ended calls available to new ones.</summary>
    public void Recycle()
    {
        foreach (Call call in _ended)
        {
            _idle.Push(call);
        }

        _ended.Clear();
    }

    /// <summary>Ends all calls in flight as lost.</summary>
    public void LoseAll() => LoseAbove(0);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Greet()
    {
        _ = _socket.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        Span<byte> settings = _unsent.Frame(FrameType.Settings, 0, 0, 12);
        BinaryPrimitives.WriteUInt16BigEndian(settings, 2); // SETTINGS_ENABLE_PUSH: 0
        BinaryPrimitives.WriteUInt32BigEndian(settings[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(settings[6..], 4); // SETTINGS_INITIAL_WINDOW_SIZE
        BinaryPrimitives.WriteInt32BigEndian(settings[8..], OwnStreamWindow);
        GrantWindow(OwnConnectionWindow);
        Flush();
        while (!_settingsSeen)
        {
            Receive();
        }

        Flush();
    }

    private void Handle(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < FrameType.ShortestPayload(header.Type))
        {
            throw new Http2Exception("frame is too short for its type");
        }

        switch (header.Type)
        {
            case FrameType.Data:
                TakeData(header, payload);
                break;
            case FrameType.Headers:
                TakeHeaders(header, payload);
                break;
            case FrameType.RstStream:
                if (_inFlight.TryGetValue(header.StreamId, out Call? reset))
                {
                    End(reset, CallOutcome.Reset);
                }

                break;
            case FrameType.Settings when !header.Has(FrameFlags.Ack):
                _settings.Apply(payload);
                _settingsSeen = true;
                _unsent.Frame(FrameType.Settings, FrameFlags.Ack, 0, 0);
                break;
            case FrameType.Ping when !header.Has(FrameFlags.Ack):
                payload.CopyTo(_unsent.Frame(FrameType.Ping, FrameFlags.Ack, 0, payload.Length));
                break;
            case FrameType.GoAway:
                _closing = true;
                LoseAbove(BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue);
                break;
            case FrameType.WindowUpdate when header.StreamId == 0:
                _sendWindow += BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
                break;
            case FrameType.PushPromise or FrameType.Continuation:
                throw new Http2Exception("server push, or a header block of more than one frame");
            default:
                break;
        }
    }

    private void TakeData(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        // Padding counts against the window too: RFC 9113 clause 6.9.1.
        _unacknowledged += header.Length;
        if (_unacknowledged > OwnConnectionWindow / 2)
        {
            GrantWindow(_unacknowledged);
            _unacknowledged = 0;
        }

        if (_inFlight.TryGetValue(header.StreamId, out Call? call))
        {
            call.Append(FramePayload.Content(header, payload));
            if (header.Has(FrameFlags.EndStream))
            {
                // gRPC's status comes in trailers; a call that ends with data has none.
                End(call, CallOutcome.Status);
            }
        }
    }

    private void TakeHeaders(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (!header.Has(FrameFlags.EndHeaders))
        {
            throw new Http2Exception("a header block of more than one frame");
        }

        // Decoded even for a call that is gone: the dynamic table must follow.
        CallStatus status = _statusReader.Read(FramePayload.Content(header, payload));
        if (!_inFlight.TryGetValue(header.StreamId, out Call? call))
        {
            return;
        }

        call.HttpStatus = Math.Max(call.HttpStatus, status.Http);
        call.GrpcStatus = Math.Max(call.GrpcStatus, status.Grpc);
        if (header.Has(FrameFlags.EndStream))
        {
            bool ok = call.HttpStatus == 200 && call.GrpcStatus == 0 && GrpcMessage.TryRead(call.Reply, out _);
            End(call, ok ? CallOutcome.Ok : CallOutcome.Status);
        }
    }

    private void End(Call call, CallOutcome outcome)
    {
        call.Outcome = outcome;
        _inFlight.Remove(call.StreamId);
        _ended.Add(call);
    }

    private void LoseAbove(int lastStreamId)
    {
        foreach (Call call in _inFlight.Values.Where(call => call.StreamId > lastStreamId).ToArray())
        {
            End(call, CallOutcome.Lost);
        }
    }

    private void GrantWindow(int bytes)
        => BinaryPrimitives.WriteInt32BigEndian(_unsent.Frame(FrameType.WindowUpdate, 0, 0, 4), bytes);
}
