using System.Buffers.Binary;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>The length-prefixed message of gRPC over HTTP/2: a flag (compressed) and a 32-bit length.</summary>
internal static class GrpcMessage
{
    /// <summary>Bytes of the prefix.</summary>
    public const int PrefixSize = 5;

    /// <summary>Writes the prefix of an uncompressed message.</summary>
    public static void WritePrefix(Span<byte> target, int length)
    {
        target[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(target[1..], length);
    }

    /// <summary>Takes the one message out of a unary reply's data; false: it is not one whole uncompressed message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (data.Length < PrefixSize || data[0] != 0 || BinaryPrimitives.ReadUInt32BigEndian(data[1..]) != data.Length - PrefixSize)
        {
            return false;
        }

        message = data[PrefixSize..];
        return true;
    }
}
