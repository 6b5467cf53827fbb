using Google.Protobuf;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Wire;

/// <summary>Makes and takes apart protocol buffers bytes by hand, apart from the code under test.</summary>
internal static class WireBytes
{
    internal static readonly WireType[] AllTypes = [WireType.Varint, WireType.Fixed64, WireType.LengthDelimited, WireType.Fixed32];

    internal static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    internal static byte[] Tag(int field, WireType type) => Varint(((ulong)field << 3) | (byte)type);

    internal static byte[] Number(int field, ulong value) => [.. Tag(field, WireType.Varint), .. Varint(value)];

    internal static byte[] Bytes(int field, ReadOnlySpan<byte> value) =>
        [.. Tag(field, WireType.LengthDelimited), .. Varint((ulong)value.Length), .. value];

    /// <summary>A field of a wire type with some payload that is well formed for it.</summary>
    internal static byte[] OfType(int field, WireType type) => type switch
    {
        WireType.Varint => Number(field, 5),
        WireType.Fixed64 => [.. Tag(field, type), 1, 2, 3, 4, 5, 6, 7, 8],
        WireType.Fixed32 => [.. Tag(field, type), 1, 2, 3, 4],
        _ => Bytes(field, "abc"u8),
    };

    /// <summary>Takes a message apart into its fields, with Google's reader.</summary>
    internal static List<WireField> Split(byte[] message)
    {
        var fields = new List<WireField>();
        using var input = new CodedInputStream(message);
        var start = 0;
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            byte[] payload = [];
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                payload = input.ReadBytes().ToByteArray();
            }
            else
            {
                input.SkipLastField();
            }

            var end = (int)input.Position;
            fields.Add(new WireField(WireFormat.GetTagFieldNumber(tag), message[start..end], payload));
            start = end;
        }

        return fields;
    }
}

/// <summary>One field of a message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Raw">Its tag and payload as they stood.</param>
/// <param name="Payload">Its payload, if length-delimited.</param>
internal sealed record WireField(int Number, byte[] Raw, byte[] Payload);
