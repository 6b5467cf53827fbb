using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Http2;

/// <summary>The header of a frame: RFC 9113 clause 4.1.</summary>
/// <param name="Length">Bytes of the payload, 0 to 2^24-1.</param>
/// <param name="Type">One of <see cref="FrameType"/>.</param>
/// <param name="Flags">Of <see cref="FrameFlags"/>.</param>
/// <param name="StreamId">0: the connection.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHeader(int Length, byte Type, byte Flags, int StreamId)
{
    /// <summary>Bytes of a frame header.</summary>
    public const int Size = 9;

    /// <summary>Reads a frame header from the first <see cref="Size"/> bytes.</summary>
    public static FrameHeader Read(ReadOnlySpan<byte> source) => new(
        (source[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(source[1..]),
        source[3],
        source[4],
        (int)(BinaryPrimitives.ReadUInt32BigEndian(source[5..]) & 0x7fff_ffff));

    /// <summary>Writes the frame header into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, ((uint)Length << 8) | Type);
        target[4] = Flags;
        BinaryPrimitives.WriteInt32BigEndian(target[5..], StreamId);
    }

    /// <summary>Tells whether a flag is set.</summary>
    public bool Has(byte flag) => (Flags & flag) != 0;
}

/// <summary>Frame types: RFC 9113 clause 6.</summary>
internal static class FrameType
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte RstStream = 3;
    public const byte Settings = 4;
    public const byte PushPromise = 5;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;

    /// <summary>Gives the least bytes that a frame's payload must have.</summary>
    public static int ShortestPayload(byte type) => type switch
    {
        RstStream or WindowUpdate => 4,
        Ping or GoAway => 8,
        _ => 0,
    };
}

/// <summary>Frame flags: RFC 9113 clause 6. END_STREAM and ACK are the same bit of different frames.</summary>
internal static class FrameFlags
{
    public const byte EndStream = 0x1;
    public const byte Ack = 0x1;
    public const byte EndHeaders = 0x4;
    public const byte Padded = 0x8;
    public const byte Priority = 0x20;
}
