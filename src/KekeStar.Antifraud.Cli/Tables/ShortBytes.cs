using System.Buffers.Binary;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Writes 16-bit values as the tables hold them.</summary>
internal static class ShortBytes
{
    /// <summary>The two bytes of a value.</summary>
    public static byte[] Of(ushort value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }
}
