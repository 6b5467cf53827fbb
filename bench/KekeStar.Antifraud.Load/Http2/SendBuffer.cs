using System.Net.Sockets;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>Collects frames, so that one system call sends all that is due.</summary>
internal sealed class SendBuffer
{
    private byte[] _bytes = new byte[64 * 1024];
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
