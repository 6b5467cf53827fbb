namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// The slot of a Cluster that a key belongs to (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/):
/// CRC-16/XMODEM of the key, or of what stands between its first <c>{</c> and the next <c>}</c> if that is not empty,
/// modulo 16,384. The client's own function would take an array of its own for each key.
/// </summary>
internal static class KeySlot
{
    /// <summary>Number of slots.</summary>
    public const int Count = 16_384;

    // x^16 + x^12 + x^5 + 1, the polynomial of CRC-16/XMODEM.
    private const ushort Polynomial = 0x1021;

    private static readonly ushort[] Table = NewTable();

    /// <summary>The key's slot.</summary>
    public static int Of(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        if (open >= 0)
        {
            var inside = key[(open + 1)..];
            var close = inside.IndexOf((byte)'}');
            key = close > 0 ? inside[..close] : key;
        }

        var crc = 0;
        foreach (var value in key)
        {
            crc = ((crc << 8) ^ Table[((crc >> 8) ^ value) & 0xFF]) & 0xFFFF;
        }

        return crc & (Count - 1);
    }

    private static ushort[] NewTable()
    {
        var table = new ushort[256];
        for (var value = 0; value < table.Length; value++)
        {
            var crc = value << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }

            table[value] = (ushort)crc;
        }

        return table;
    }
}
