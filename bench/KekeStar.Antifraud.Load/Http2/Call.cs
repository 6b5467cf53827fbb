using System.Buffers.Binary;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    /// <summary>Still in flight.</summary>
    Pending,

    /// <summary>grpc-status 0 and a whole reply; on a long-lived stream: a whole reply.</summary>
    Ok,

    /// <summary>Another grpc-status, another HTTP status than 200, or none.</summary>
    Status,

    /// <summary>RST_STREAM.</summary>
    Reset,

    /// <summary>The connection ended, or GOAWAY left the call out.</summary>
    Lost,
}

/// <summary>One message in flight and the reply to it. Used again for the next one when it has ended.</summary>
internal sealed class Call
{
    private byte[] _reply = new byte[2048];
    private int _replyLength;

    /// <summary>Gets the stream, odd; the call's alone unless the stream is long-lived.</summary>
    public int StreamId { get; private set; }

    /// <summary>Gets when the call was due, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long DueAt { get; private set; }

    /// <summary>Gets the number of the request, from which its content follows.</summary>
    public ulong Request { get; private set; }

    /// <summary>Gets how the call ended.</summary>
    public CallOutcome Outcome { get; private set; }

    /// <summary>Gets what the header blocks said so far.</summary>
    public CallStatus Status { get; private set; }

    /// <summary>Gets the reply's DATA so far, gRPC prefix included.</summary>
    public ReadOnlySpan<byte> Reply => _reply.AsSpan(0, _replyLength);

    /// <summary>Makes the object ready for a new call.</summary>
    public void Begin(int streamId, long dueAt, ulong request)
    {
        StreamId = streamId;
        DueAt = dueAt;
        Request = request;
        Outcome = CallOutcome.Pending;
        Status = CallStatus.None;
        _replyLength = 0;
    }

    /// <summary>Takes what a header block said.</summary>
    public void Take(CallStatus status) => Status = Status.With(status);

    /// <summary>Ends the call.</summary>
    public void End(CallOutcome outcome) => Outcome = outcome;

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

    /// <summary>Appends DATA up to the end of the message; gives how many bytes that was and whether the message is whole.</summary>
    public int AppendMessage(ReadOnlySpan<byte> data, out bool whole)
    {
        int taken = Math.Min(GrpcMessage.PrefixSize - Math.Min(_replyLength, GrpcMessage.PrefixSize), data.Length);
        Append(data[..taken]);
        whole = false;
        if (_replyLength >= GrpcMessage.PrefixSize)
        {
            long missing = GrpcMessage.PrefixSize + (long)BinaryPrimitives.ReadUInt32BigEndian(_reply.AsSpan(1)) - _replyLength;
            int more = (int)Math.Min(missing, data.Length - taken);
            Append(data.Slice(taken, more));
            taken += more;
            whole = more == missing;
        }

        return taken;
    }
}
