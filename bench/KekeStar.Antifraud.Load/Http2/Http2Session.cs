using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>
/// One HTTP/2 connection without TLS (prior knowledge, RFC 9113 clause 3.3) that makes gRPC calls to one method.
/// Used by one thread: frames are collected by <see cref="Start"/>, sent by <see cref="Flush"/>, and what comes back
/// is taken in by <see cref="Receive"/>, so a batch of calls costs two system calls.
/// </summary>
internal sealed class Http2Session : IDisposable
{
    // Windows of this side: so large that the server never waits for one.
    private const int OwnStreamWindow = 1 << 20;
    private const int OwnConnectionWindow = 1 << 30;

    private readonly Socket _socket;
    private readonly CallShape _shape;
    private readonly MessageWriter _writer;
    private readonly ReceiveBuffer _received = new();
    private readonly SendBuffer _unsent = new();
    private readonly PeerSettings _settings = new();
    private readonly CallStatusReader _statusReader = new();

    // Until the server's settings are known no call can be made; then it is replaced by the kind that is wanted.
    private ICalls _calls = new UnaryCalls(0);
    private byte[] _headers = [];
    private byte[] _laterHeaders = [];
    private long _sendWindow = PeerSettings.DefaultWindow;
    private int _unacknowledged;
    private int _nextStreamId = 1;
    private bool _settingsSeen;
    private bool _closing;

    private Http2Session(Socket socket, CallShape shape, MessageWriter writer)
    {
        _socket = socket;
        _shape = shape;
        _writer = writer;
    }

    /// <summary>Gets how many calls are in flight.</summary>
    public int InFlight => _calls.InFlight;

    /// <summary>Gets whether no new stream can ever be opened: GOAWAY, or the stream ids are used up.</summary>
    public bool Closing => _closing || _nextStreamId < 0;

    /// <summary>Gets whether a call can be started now.</summary>
    public bool CanStart => !Closing && _sendWindow >= _shape.MessageSize + GrpcMessage.PrefixSize && _calls.CanBegin(_settings.MaxConcurrentStreams);

    /// <summary>Gets the socket's descriptor, to wait on.</summary>
    public int Descriptor => (int)_socket.Handle;

    /// <summary>Gets the calls that ended since <see cref="Recycle"/>.</summary>
    public List<Call> Ended => _calls.Ended;

    /// <summary>Connects and waits for the server's settings.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="shape">What calls are made.</param>
    /// <param name="writer">Writes their messages.</param>
    /// <exception cref="SocketException">Nobody listens, or nothing came for 10 s.</exception>
    /// <exception cref="Http2Exception">The server does not speak HTTP/2, or has too small windows.</exception>
    public static Http2Session Connect(IPEndPoint target, CallShape shape, MessageWriter writer)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        var session = new Http2Session(socket, shape, writer);
        try
        {
            socket.Connect(target);
            session.Greet();
            if (shape.MessageSize + GrpcMessage.PrefixSize > session._settings.InitialWindow)
            {
                throw new Http2Exception("the server's initial window is smaller than a request");
            }

            session._calls = shape.MessagesPerStream > 0 ? new StreamedCalls(shape, session._settings.InitialWindow, OwnStreamWindow) : new UnaryCalls(shape.Streams);
            Hpack.RequestHeaders headers = Hpack.RequestHeaders.Encode(target.ToString(), shape.Path, shape.Timeout, session._settings.HeaderTableSize);
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

    /// <summary>Collects the frames of a call. Needs <see cref="CanStart"/>.</summary>
    public void Start(long dueAt, ulong request)
    {
        MessagePlace place = _calls.Begin(dueAt, request, _nextStreamId);
        if (place.Opens)
        {
            _headers.CopyTo(_unsent.Frame(FrameType.Headers, FrameFlags.EndHeaders, place.StreamId, _headers.Length));
            _headers = _laterHeaders;
            _nextStreamId = unchecked(_nextStreamId + 2);
        }

        _unsent.Message(place.StreamId, place.Ends, _shape.MessageSize, request, _writer);
        _sendWindow -= _shape.MessageSize + GrpcMessage.PrefixSize;
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
    public void Recycle() => _calls.Recycle();

    /// <summary>Ends all calls in flight as lost.</summary>
    public void LoseAll() => _calls.LoseAbove(0);

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
        GrantWindow(0, OwnConnectionWindow);
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
                _calls.TakeReset(header.StreamId);
                break;
            case FrameType.Settings when !header.Has(FrameFlags.Ack):
                int window = _settings.InitialWindow;
                _settings.Apply(payload);
                _calls.ChangeWindows(_settings.InitialWindow - window);
                _settingsSeen = true;
                _unsent.Frame(FrameType.Settings, FrameFlags.Ack, 0, 0);
                break;
            case FrameType.Ping when !header.Has(FrameFlags.Ack):
                payload.CopyTo(_unsent.Frame(FrameType.Ping, FrameFlags.Ack, 0, payload.Length));
                break;
            case FrameType.GoAway:
                _closing = true;
                _calls.LoseAbove(BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue);
                break;
            case FrameType.WindowUpdate when header.StreamId == 0:
                _sendWindow += BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
                break;
            case FrameType.WindowUpdate:
                _calls.TakeWindow(header.StreamId, BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue);
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
            GrantWindow(0, _unacknowledged);
            _unacknowledged = 0;
        }

        int grant = _calls.TakeData(header, FramePayload.Content(header, payload));
        if (grant > 0)
        {
            GrantWindow(header.StreamId, grant);
        }
    }

    private void TakeHeaders(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (!header.Has(FrameFlags.EndHeaders))
        {
            throw new Http2Exception("a header block of more than one frame");
        }

        // Decoded even for a call that is gone: the dynamic table must follow.
        _calls.TakeHeaders(header, _statusReader.Read(FramePayload.Content(header, payload)));
    }

    private void GrantWindow(int streamId, int bytes)
        => BinaryPrimitives.WriteInt32BigEndian(_unsent.Frame(FrameType.WindowUpdate, 0, streamId, 4), bytes);
}
