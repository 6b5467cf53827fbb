namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Readings of a piece of memory in which an encoded text is plain again.</summary>
internal static class MemoryViews
{
    private const byte None = 255;

    private static readonly byte[] HexValues = Values("0123456789abcdef", "0123456789ABCDEF");
    private static readonly byte[] Base64Values = Values(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Every second byte, as text of UTF-16 has them; 0 where the byte in between is not 0.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="phase">0 or 1: where to begin.</param>
    /// <param name="view">Receives the bytes; half as long as the memory.</param>
    public static Span<byte> Narrow(ReadOnlySpan<byte> memory, int phase, Span<byte> view)
    {
        var length = 0;
        for (var i = phase; i + 1 < memory.Length; i += 2)
        {
            view[length++] = memory[i + 1] == 0 ? memory[i] : (byte)0;
        }

        return view[..length];
    }

    /// <summary>Bytes that a run of hexadecimal digits stands for.</summary>
    public static Span<byte> DecodeHex(ReadOnlySpan<byte> run, int phase, Span<byte> view)
    {
        var length = 0;
        for (var i = phase; i + 1 < run.Length; i += 2)
        {
            view[length++] = (byte)((HexValues[run[i]] << 4) | HexValues[run[i + 1]]);
        }

        return view[..length];
    }

    /// <summary>Bytes that a run of base64 stands for, the first quad beginning at the phase, 0 to 3.</summary>
    public static Span<byte> DecodeBase64(ReadOnlySpan<byte> run, int phase, Span<byte> view)
    {
        var length = 0;
        var bits = 0U;
        var count = 0;
        for (var i = phase; i < run.Length; i++)
        {
            bits = (bits << 6) | Base64Values[run[i]];
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                view[length++] = (byte)(bits >> count);
            }
        }

        return view[..length];
    }

    /// <summary>The next run of hexadecimal digits at or behind a place.</summary>
    public static Range NextHex(ReadOnlySpan<byte> memory, int from, int minLength) => Next(memory, HexValues, from, minLength);

    /// <summary>The next run of base64 at or behind a place.</summary>
    public static Range NextBase64(ReadOnlySpan<byte> memory, int from, int minLength) => Next(memory, Base64Values, from, minLength);

    private static Range Next(ReadOnlySpan<byte> memory, byte[] values, int from, int minLength)
    {
        var start = from;
        for (var i = from; i < memory.Length; i++)
        {
            if (values[memory[i]] != None)
            {
                continue;
            }

            if (i - start >= minLength)
            {
                return start..i;
            }

            start = i + 1;
        }

        return memory.Length - start >= minLength ? start..memory.Length : memory.Length..memory.Length;
    }

    private static byte[] Values(params string[] alphabets)
    {
        var values = new byte[256];
        Array.Fill(values, None);
        foreach (var alphabet in alphabets)
        {
            for (var i = 0; i < alphabet.Length; i++)
            {
                values[alphabet[i]] = (byte)i;
            }
        }

        return values;
    }
}
