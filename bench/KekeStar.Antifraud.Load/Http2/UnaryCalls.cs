namespace KekeStar.Antifraud.Load.Http2;

/// <summary>Calls with a stream each, which trailers with grpc-status end.</summary>
internal sealed class UnaryCalls : ICalls
{
    private readonly Dictionary<int, Call> _inFlight = [];
    private readonly Stack<Call> _idle = new();

    /// <summary>Makes room for calls.</summary>
    /// <param name="streams">Calls in flight at most.</param>
    public UnaryCalls(int streams)
    {
        for (int i = 0; i < streams; i++)
        {
            _idle.Push(new Call());
        }
    }

    /// <inheritdoc/>
    public int InFlight => _inFlight.Count;

    /// <inheritdoc/>
    public List<Call> Ended { get; } = [];

    /// <inheritdoc/>
    public bool CanBegin(int allowedStreams) => _idle.Count > 0 && _inFlight.Count < allowedStreams;

    /// <inheritdoc/>
    public MessagePlace Begin(long dueAt, ulong request, int newStreamId)
    {
        Call call = _idle.Pop();
        call.Begin(newStreamId, dueAt, request);
        _inFlight.Add(newStreamId, call);
        return new MessagePlace(newStreamId, Opens: true, Ends: true);
    }

    /// <inheritdoc/>
    public int TakeData(in FrameHeader header, ReadOnlySpan<byte> content)
    {
        if (_inFlight.TryGetValue(header.StreamId, out Call? call))
        {
            call.Append(content);
            if (header.Has(FrameFlags.EndStream))
            {
                // gRPC's status comes in trailers; a call that ends with data has none.
                End(call, CallOutcome.Status);
            }
        }

        // A reply is smaller than the window that its stream begins with.
        return 0;
    }

    /// <inheritdoc/>
    public void TakeHeaders(in FrameHeader header, CallStatus status)
    {
        if (!_inFlight.TryGetValue(header.StreamId, out Call? call))
        {
            return;
        }

        call.Take(status);
        if (header.Has(FrameFlags.EndStream))
        {
            bool ok = call.Status is { Http: 200, Grpc: 0 } && GrpcMessage.TryRead(call.Reply, out _);
            End(call, ok ? CallOutcome.Ok : CallOutcome.Status);
        }
    }

    /// <inheritdoc/>
    public void TakeReset(int streamId)
    {
        if (_inFlight.TryGetValue(streamId, out Call? call))
        {
            End(call, CallOutcome.Reset);
        }
    }

    /// <inheritdoc/>
    public void TakeWindow(int streamId, int bytes)
    {
        // The whole message was sent at once, within the first window.
    }

    /// <inheritdoc/>
    public void ChangeWindows(int bytes)
    {
        // As above.
    }

    /// <inheritdoc/>
    public void LoseAbove(int lastStreamId)
    {
        foreach (Call call in _inFlight.Values.Where(call => call.StreamId > lastStreamId).ToArray())
        {
            End(call, CallOutcome.Lost);
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

    private void End(Call call, CallOutcome outcome)
    {
        call.End(outcome);
        _inFlight.Remove(call.StreamId);
        Ended.Add(call);
    }
}
