namespace KekeStar.Antifraud.Load.Http2;

/// <summary>
/// Calls on long-lived bidirectional streams: several messages in flight on each, answered one by one in their order.
/// All streams are opened at first, and one anew when the server has ended it.
/// </summary>
internal sealed class StreamedCalls : ICalls
{
    private readonly int _streams;
    private readonly int _perStream;
    private readonly int _messageBytes;
    private readonly int _ownWindow;
    private readonly List<MessageStream> _open = [];
    private readonly Dictionary<int, MessageStream> _byId = [];
    private readonly Stack<Call> _idle = new();
    private int _initialWindow;
    private bool _mayOpen;
    private int _next;

    /// <summary>Makes room for calls.</summary>
    /// <param name="shape">Streams, messages on each and their size.</param>
    /// <param name="initialWindow">Bytes that the server lets a new stream send.</param>
    /// <param name="ownWindow">Bytes that the server may send on a new stream.</param>
    public StreamedCalls(CallShape shape, int initialWindow, int ownWindow)
    {
        _streams = shape.Streams;
        _perStream = shape.MessagesPerStream;
        _messageBytes = shape.MessageSize + GrpcMessage.PrefixSize;
        _initialWindow = initialWindow;
        _ownWindow = ownWindow;
        for (int i = 0; i < _streams * _perStream; i++)
        {
            _idle.Push(new Call());
        }
    }

    /// <inheritdoc/>
    public int InFlight { get; private set; }

    /// <inheritdoc/>
    public List<Call> Ended { get; } = [];

    /// <inheritdoc/>
    public bool CanBegin(int allowedStreams)
    {
        // All streams are opened before one gets its second message, so that the load lies evenly on them.
        _mayOpen = _open.Count < Math.Min(_streams, allowedStreams);
        return _idle.Count > 0 && (_mayOpen || FindRoom());
    }

    /// <inheritdoc/>
    public MessagePlace Begin(long dueAt, ulong request, int newStreamId)
    {
        bool opens = _mayOpen;
        if (opens)
        {
            var stream = new MessageStream(newStreamId, _initialWindow);
            _open.Add(stream);
            _byId.Add(newStreamId, stream);
            _next = _open.Count - 1;
        }

        MessageStream place = _open[_next];
        _next = (_next + 1) % _open.Count;
        Call call = _idle.Pop();
        call.Begin(place.StreamId, dueAt, request);
        place.Pending.Enqueue(call);
        place.SendWindow -= _messageBytes;
        InFlight++;
        return new MessagePlace(place.StreamId, opens, Ends: false);
    }

    /// <inheritdoc/>
    public int TakeData(in FrameHeader header, ReadOnlySpan<byte> content)
    {
        if (!_byId.TryGetValue(header.StreamId, out MessageStream? stream))
        {
            return 0;
        }

        while (!content.IsEmpty)
        {
            if (!stream.Pending.TryPeek(out Call? call))
            {
                throw new Http2Exception("a stream has more replies than requests");
            }

            content = content[call.AppendMessage(content, out bool whole)..];
            if (whole)
            {
                call.Take(stream.Status);
                End(stream.Pending.Dequeue(), call.Status.Http == 200 && call.Reply[0] == 0 ? CallOutcome.Ok : CallOutcome.Status);
            }
        }

        if (header.Has(FrameFlags.EndStream))
        {
            Close(stream, CallOutcome.Status);
        }

        stream.Unacknowledged += header.Length;
        if (stream.Unacknowledged <= _ownWindow / 2)
        {
            return 0;
        }

        int grant = stream.Unacknowledged;
        stream.Unacknowledged = 0;
        return grant;
    }

    /// <inheritdoc/>
    public void TakeHeaders(in FrameHeader header, CallStatus status)
    {
        if (_byId.TryGetValue(header.StreamId, out MessageStream? stream))
        {
            stream.Status = stream.Status.With(status);
            if (header.Has(FrameFlags.EndStream))
            {
                Close(stream, CallOutcome.Status);
            }
        }
    }

    /// <inheritdoc/>
    public void TakeReset(int streamId)
    {
        if (_byId.TryGetValue(streamId, out MessageStream? stream))
        {
            Close(stream, CallOutcome.Reset);
        }
    }

    /// <inheritdoc/>
    public void TakeWindow(int streamId, int bytes)
    {
        if (_byId.TryGetValue(streamId, out MessageStream? stream))
        {
            stream.SendWindow += bytes;
        }
    }

    /// <inheritdoc/>
    public void ChangeWindows(int bytes)
    {
        _initialWindow += bytes;
        _open.ForEach(stream => stream.SendWindow += bytes);
    }

    /// <inheritdoc/>
    public void LoseAbove(int lastStreamId)
    {
        foreach (MessageStream stream in _open.Where(stream => stream.StreamId > lastStreamId).ToArray())
        {
            Close(stream, CallOutcome.Lost);
        }
    }

    /// <inheritdoc/>
    public void Recycle()
    {
        foreach (Call call in Ended)
        {
            _idle.Push(call);
        }

        Ended.Clear();
    }

    // Finds the next stream in turn that takes a message.
    private bool FindRoom()
    {
        for (int i = 0; i < _open.Count; i++)
        {
            int at = (_next + i) % _open.Count;
            if (_open[at].Pending.Count < _perStream && _open[at].SendWindow >= _messageBytes)
            {
                _next = at;
                return true;
            }
        }

        return false;
    }

    private void Close(MessageStream stream, CallOutcome outcome)
    {
        _open.Remove(stream);
        _byId.Remove(stream.StreamId);
        _next = 0;
        while (stream.Pending.TryDequeue(out Call? call))
        {
            call.Take(stream.Status);
            End(call, outcome);
        }
    }

    private void End(Call call, CallOutcome outcome)
    {
        call.End(outcome);
        InFlight--;
        Ended.Add(call);
    }

    private sealed class MessageStream(int streamId, long sendWindow)
    {
        public int StreamId { get; } = streamId;

        public long SendWindow { get; set; } = sendWindow;

        public Queue<Call> Pending { get; } = new();

        public CallStatus Status { get; set; } = CallStatus.None;

        // Bytes received since the window was widened last.
        public int Unacknowledged { get; set; }
    }
}
