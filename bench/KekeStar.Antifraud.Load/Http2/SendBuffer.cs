using System.Net.Sockets;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>Writes the message of a request.</summary>
/// <param name="request">The request's number.</param>
/// <param name="target">Exactly the message's bytes.</param>
internal delegate void MessageWriter(ulong request, Span<byte> target);

/// <summary>Collects frames, so that one system call sends all that is due.</summary>
internal sealed class SendBuffer
{
    private byte[] _bytes = new byte[64 * 1024];
    private byte[] _large = [];
    private int _length;

    /// <summary>Gets what is collected.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Appends a frame's header and gives the span for its payload, to be filled before the next call.</summary>
    public Span<byte> Frame(byte type, byte flags, int streamId, int length)
    {
        int whole = FrameHeader.Size + length;
        if (_length + whole > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + whole));
        }

        new FrameHeader(length, type, flags, streamId).Write(_bytes.AsSpan(_length));
        Span<byte> payload = _bytes.AsSpan(_length + FrameHeader.Size, length);
        _length += whole;
        return payload;
    }

    /// <summary>Appends a gRPC message of a length in as many DATA frames as it takes.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="ends">Whether the last frame ends the stream.</param>
    /// <param name="length">Bytes of the message.</param>
    /// <param name="request">Number of the request.</param>
    /// <param name="writer">Writes it.</param>
    public void Message(int streamId, bool ends, int length, ulong request, MessageWriter writer)
    {
        int whole = GrpcMessage.PrefixSize + length;
        byte lastFlags = ends ? FrameFlags.EndStream : (byte)0;
        if (whole <= PeerSettings.DefaultMaxFrameSize)
        {
            WriteMessage(Frame(FrameType.Data, lastFlags, streamId, whole));
            return;
        }

        if (_large.Length < whole)
        {
            _large = new byte[whole];
        }

        WriteMessage(_large.AsSpan(0, whole));
        for (int sent = 0; sent < whole; sent += PeerSettings.DefaultMaxFrameSize)
        {
            int part = Math.Min(whole - sent, PeerSettings.DefaultMaxFrameSize);
            _large.AsSpan(sent, part).CopyTo(Frame(FrameType.Data, sent + part == whole ? lastFlags : (byte)0, streamId, part));
        }

        void WriteMessage(Span<byte> data)
        {
            GrpcMessage.WritePrefix(data, length);
            writer(request, data[GrpcMessage.PrefixSize..]);
        }
    }

    /// <summary>Sends all that is collected.</summary>
    public void Flush(Socket socket)
    {
        ReadOnlySpan<byte> rest = Written;
        _length = 0;
        while (!rest.IsEmpty)
        {
            rest = rest[socket.Send(rest)..];
        }
    }
}
