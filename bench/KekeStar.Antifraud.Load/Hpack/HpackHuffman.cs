namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>
/// Decodes the Huffman code of RFC 7541, appendix B. The code is canonical (codes ascend by length, then by
/// symbol), so its lengths alone define it.
/// </summary>
internal static class HpackHuffman
{
    private const int Symbols = 257;
    private const int EndOfString = 256;
    private const int LongestCode = 30;

    // Code length in bits of each byte value, then of the end-of-string symbol: RFC 7541, appendix B.
    private static readonly byte[] Lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    private static readonly short[] BySymbolOrder = new short[Symbols];
    private static readonly uint[] FirstCode = new uint[LongestCode + 1];
    private static readonly int[] FirstIndex = new int[LongestCode + 1];
    private static readonly int[] CountOf = new int[LongestCode + 1];

    static HpackHuffman()
    {
        int placed = 0;
        uint code = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            code <<= 1;
            FirstCode[length] = code;
            FirstIndex[length] = placed;
            for (short symbol = 0; symbol < Symbols; symbol++)
            {
                if (Lengths[symbol] == length)
                {
                    BySymbolOrder[placed++] = symbol;
                    code++;
                }
            }

            CountOf[length] = placed - FirstIndex[length];
        }
    }

    /// <summary>Decodes a string.</summary>
    /// <exception cref="Http2.Http2Exception">The code holds the end-of-string symbol or padding that is not a prefix of it.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        // The shortest code has 5 bits.
        var decoded = new byte[encoded.Length * 8 / 5];
        int written = 0;
        uint code = 0;
        int length = 0;
        foreach (byte octet in encoded)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                code = (code << 1) | (uint)((octet >> bit) & 1);
                length++;
                if (length > LongestCode)
                {
                    throw new Http2.Http2Exception("HPACK: no such Huffman code");
                }

                // Wraps where the code is below the first of its length: then it is above any count.
                uint offset = code - FirstCode[length];
                if (offset < (uint)CountOf[length])
                {
                    short symbol = BySymbolOrder[FirstIndex[length] + (int)offset];
                    if (symbol == EndOfString)
                    {
                        throw new Http2.Http2Exception("HPACK: end-of-string symbol inside a string");
                    }

                    decoded[written++] = (byte)symbol;
                    code = 0;
                    length = 0;
                }
            }
        }

        if (length > 7 || code != (1u << length) - 1)
        {
            throw new Http2.Http2Exception("HPACK: padding is not a prefix of the end-of-string symbol");
        }

        return decoded.AsSpan(0, written).ToArray();
    }
}
