namespace KekeStar.Antifraud.Load.Http2;

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    /// <summary>Still in flight.</summary>
    Pending,

    /// <summary>grpc-status 0 and a whole reply.</summary>
    Ok,

    /// <summary>Another grpc-status, another HTTP status than 200, or none.</summary>
    Status,

    /// <summary>RST_STREAM.</summary>
    Reset,

    /// <summary>The connection ended, or GOAWAY left the call out.</summary>
    Lost,
}

/// <summary>One call in flight. Used again for the next call when it has ended.</summary>
internal sealed class Call
{
    private byte[] _reply = new byte[2048];
    private int _replyLength;

    /// <summary>Gets or sets the stream, odd; the connection's alone.</summary>
    public int StreamId { get; set; }

    /// <summary>Gets or sets when the call was due, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long DueAt { get; set; }

    /// <summary>Gets or sets the number of the request, from which its content follows.</summary>
    public ulong Request { get; set; }

    /// <summary>Gets or sets how the call ended.</summary>
    public CallOutcome Outcome { get; set; }

    /// <summary>Gets or sets the grpc-status; -1: not seen.</summary>
    public int GrpcStatus { get; set; }

    /// <summary>Gets or sets the HTTP status; -1: not seen.</summary>
    public int HttpStatus { get; set; }

    /// <summary>Gets the reply's DATA so far, gRPC prefix included.</summary>
    public ReadOnlySpan<byte> Reply => _reply.AsSpan(0, _replyLength);

    /// <summary>Makes the object ready for a new call.</summary>
    public void Begin(int streamId, long dueAt, ulong request)
    {
        StreamId = streamId;
        DueAt = dueAt;
        Request = request;
        Outcome = CallOutcome.Pending;
        GrpcStatus = -1;
        HttpStatus = -1;
        _replyLength = 0;
    }

    /// <summary>Appends DATA.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_replyLength + data.Length > _reply.Length)
        {
            Array.Resize(ref _reply, Math.Max(_reply.Length * 2, _replyLength + data.Length));
        }

        data.CopyTo(_reply.AsSpan(_replyLength));
        _replyLength += data.Length;
    }
}
