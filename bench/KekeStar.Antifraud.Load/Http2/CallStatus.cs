using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>What a header block says about a call.</summary>
/// <param name="Http">":status", or -1: not in the block.</param>
/// <param name="Grpc">"grpc-status", or -1: not in the block.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallStatus(int Http, int Grpc)
{
    /// <summary>Gets what is known before any block came.</summary>
    public static CallStatus None { get; } = new(-1, -1);

    /// <summary>Adds what a later block says.</summary>
    public CallStatus With(CallStatus later) => new(Math.Max(Http, later.Http), Math.Max(Grpc, later.Grpc));
}

/// <summary>
/// Reads the status from the header blocks of a connection. A block that is byte for byte one that was just
/// decoded, with the table unchanged since, means the same: so nearly all blocks cost one comparison.
/// </summary>
internal sealed class CallStatusReader
{
    // Headers and trailers of the successful call, and room for one kind of failure.
    private const int Remembered = 4;

    private readonly Hpack.HpackDecoder _decoder = new(PeerSettings.DefaultHeaderTableSize);
    private readonly Hpack.HeaderFieldSink _sink;
    private readonly (byte[] Block, CallStatus Status)[] _known = new (byte[], CallStatus)[Remembered];
    private int _knownCount;
    private int _knownVersion;
    private int _http;
    private int _grpc;

    public CallStatusReader() => _sink = Take;

    /// <summary>Reads a whole block. Every block of the connection must pass through here, in order.</summary>
    /// <exception cref="Http2Exception">The block is malformed.</exception>
    public CallStatus Read(ReadOnlySpan<byte> block)
    {
        for (int i = 0; i < _knownCount; i++)
        {
            if (block.SequenceEqual(_known[i].Block))
            {
                return _known[i].Status;
            }
        }

        int before = _decoder.TableVersion;
        _http = -1;
        _grpc = -1;
        _decoder.Decode(block, _sink);
        var status = new CallStatus(_http, _grpc);
        if (_decoder.TableVersion != _knownVersion)
        {
            _knownVersion = _decoder.TableVersion;
            _knownCount = 0;
        }

        // A block that changes the table would change it again: it is never remembered.
        if (_decoder.TableVersion == before && _knownCount < Remembered)
        {
            _known[_knownCount++] = (block.ToArray(), status);
        }

        return status;
    }

    private static int Number(ReadOnlySpan<byte> value)
        => Utf8Parser.TryParse(value, out int number, out int used) && used == value.Length
            ? number
            : throw new Http2Exception("status is not a number");

    private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual(":status"u8))
        {
            _http = Number(value);
        }
        else if (name.SequenceEqual("grpc-status"u8))
        {
            _grpc = Number(value);
        }
    }
}
