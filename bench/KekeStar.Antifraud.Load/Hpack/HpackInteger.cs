namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>Integers with a prefix: RFC 7541 clause 5.1.</summary>
internal static class HpackInteger
{
    /// <summary>Reads an integer and moves past it.</summary>
    /// <param name="block">The rest of the block.</param>
    /// <param name="prefixBits">Bits of the first byte that belong to the integer, 4 to 7.</param>
    /// <exception cref="Http2.Http2Exception">The integer is cut off or above 2^28.</exception>
    public static int Read(ref ReadOnlySpan<byte> block, int prefixBits)
    {
        if (block.IsEmpty)
        {
            throw new Http2.Http2Exception("HPACK: block ends inside a field");
        }

        int mask = (1 << prefixBits) - 1;
        int value = block[0] & mask;
        int used = 1;
        if (value == mask)
        {
            int shift = 0;
            byte octet;
            do
            {
                if (used >= block.Length || shift > 21)
                {
                    throw new Http2.Http2Exception("HPACK: integer is cut off or too large");
                }

                octet = block[used++];
                value += (octet & 0x7f) << shift;
                shift += 7;
            }
            while (octet >= 0x80);
        }

        block = block[used..];
        return value;
    }

    /// <summary>Appends an integer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pattern">The bits above the prefix.</param>
    /// <param name="prefixBits">Bits of the first byte that belong to the integer, 4 to 7.</param>
    /// <param name="value">0 to 2^28.</param>
    public static void Write(List<byte> output, int pattern, int prefixBits, int value)
    {
        int mask = (1 << prefixBits) - 1;
        if (value < mask)
        {
            output.Add((byte)(pattern | value));
            return;
        }

        output.Add((byte)(pattern | mask));
        value -= mask;
        while (value >= 0x80)
        {
            output.Add((byte)(value | 0x80));
            value >>= 7;
        }

        output.Add((byte)value);
    }
}
