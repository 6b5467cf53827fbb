using System.Buffers.Binary;
using System.Numerics;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// How a window log lies in a Garnet value: bytes used (4, little endian), then the log, then room to grow. Garnet's
/// own APPEND keeps no room and copies the whole log each time; with hot logs of 256–512 records that wrote 30 KB
/// of record log for an event of 10 entities, where this writes about 1 KB.
/// </summary>
/// <remarks>
/// Room grows by 1.4 in the mean: 1, 2, 3, 4, 6, 8, 11, 16, 22, 32 … records. A log of n records has been written 3.4 times
/// then where doubling writes it twice, and has a fifth of room to spare in the mean instead of two fifths. Past 512
/// records, which trimming lets no busy log reach, room is doubled.
/// </remarks>
internal static class LogValue
{
    /// <summary>Bytes before the log.</summary>
    public const int Header = 4;

    /// <summary>One record: most logs of an attacker who rotates identifiers never get a second.</summary>
    private const int LeastCapacity = 32;

    private const int DoubledAbove = 512 * LeastCapacity;

    /// <summary>From here on room grows in steps of this size.</summary>
    private const int GrowthStep = 64 * 1024;

    /// <summary>Length of a value that has room for a log of a given length.</summary>
    public static int LengthFor(int logLength)
    {
        if (logLength > GrowthStep)
        {
            return Header + ((logLength + GrowthStep - 1) / GrowthStep * GrowthStep);
        }

        var full = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(logLength, LeastCapacity));
        if (full > DoubledAbove)
        {
            return Header + full;
        }

        // Between two powers of two one more size, in whole records: 11/8, the square root of two but for rounding.
        var between = ((full / 16 * 11) + LeastCapacity - 1) / LeastCapacity * LeastCapacity;
        return Header + (logLength <= between ? between : full);
    }

    /// <summary>The log in a value.</summary>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> value) => value.Slice(Header, Used(value));

    /// <summary>Bytes that the log in a value has.</summary>
    public static int Used(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32LittleEndian(value);

    /// <summary>Puts a log into a value; what is left over is cleared.</summary>
    public static void Write(Span<byte> value, ReadOnlySpan<byte> log)
    {
        BinaryPrimitives.WriteInt32LittleEndian(value, log.Length);
        log.CopyTo(value[Header..]);
        value[(Header + log.Length)..].Clear();
    }

    /// <summary>Adds bytes to the log in a value.</summary>
    /// <returns>False, and nothing is changed, if there is no room.</returns>
    public static bool TryAppend(Span<byte> value, ReadOnlySpan<byte> added)
    {
        var used = Used(value);
        if (value.Length - Header - used < added.Length)
        {
            return false;
        }

        added.CopyTo(value[(Header + used)..]);
        BinaryPrimitives.WriteInt32LittleEndian(value, used + added.Length);
        return true;
    }

    /// <summary>Part of a log, counted as GETRANGE counts.</summary>
    public static ReadOnlySpan<byte> Range(ReadOnlySpan<byte> log, long start, long end)
    {
        var first = Math.Max(start < 0 ? log.Length + start : start, 0);
        var last = Math.Min(end < 0 ? log.Length + end : end, log.Length - 1);
        return first > last ? default : log[(int)first..(int)(last + 1)];
    }
}
