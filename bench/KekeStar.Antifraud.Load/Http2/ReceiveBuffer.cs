using System.Net.Sockets;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>Cuts what a socket delivers into whole frames.</summary>
internal sealed class ReceiveBuffer
{
    // Holds several of the largest frames that SETTINGS_MAX_FRAME_SIZE's default lets the server send.
    private readonly byte[] _bytes = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads once from the socket, waiting for at least a byte.</summary>
    /// <exception cref="Http2Exception">The server closed the connection.</exception>
    public void Fill(Socket socket)
    {
        int read = socket.Receive(Free());
        if (read == 0)
        {
            throw new Http2Exception("server closed the connection");
        }

        _end += read;
    }

    /// <summary>Appends bytes as if a socket had delivered them.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free());
        _end += bytes.Length;
    }

    /// <summary>Takes the next whole frame; the payload is valid until the next call of another method.</summary>
    /// <exception cref="Http2Exception">The frame is larger than allowed.</exception>
    public bool TryTake(out FrameHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_start, _end - _start);
        if (rest.Length < FrameHeader.Size)
        {
            return false;
        }

        header = FrameHeader.Read(rest);
        if (header.Length > PeerSettings.DefaultMaxFrameSize)
        {
            throw new Http2Exception("frame is larger than SETTINGS_MAX_FRAME_SIZE");
        }

        if (rest.Length < FrameHeader.Size + header.Length)
        {
            return false;
        }

        payload = rest.Slice(FrameHeader.Size, header.Length);
        _start += FrameHeader.Size + header.Length;
        return true;
    }

    private Span<byte> Free()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        return _bytes.AsSpan(_end);
    }
}
