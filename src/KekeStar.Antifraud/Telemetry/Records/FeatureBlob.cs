using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>
/// All known features of one event in few bytes, so that a decision can be looked at, and made again, as it was made. The
/// order is that of <see cref="FeatureCatalogue"/> in the build that wrote it; the file that holds the blob names it.
/// </summary>
/// <remarks>
/// For each eight features one byte, of which bit n says that feature n of the eight is known, and then each known value:
/// one byte 0 … 247 is the value itself, 248 goes before an unsigned integer of 4 bytes, 249 before a double of 8 bytes. Behind
/// them the index of each feature that is a lower bound, 2 bytes. Little endian throughout. An event of twenty entities has some
/// 400 known features in 600 bytes, where doubles would need 8.6 KB.
/// </remarks>
internal static class FeatureBlob
{
    /// <summary>Longest blob in bytes: every feature known, none of them a small integer, all of them lower bounds.</summary>
    public const int MaxLength = Blocks + (FeatureCatalogue.Count * (1 + sizeof(double) + sizeof(ushort)));

    private const int BlockLength = 8;
    private const int Blocks = (FeatureCatalogue.Count + BlockLength - 1) / BlockLength;
    private const byte LargestPlain = 247;
    private const byte IntegerFollows = 248;
    private const byte DoubleFollows = 249;

    /// <summary>Writes the features of an event.</summary>
    /// <param name="features">The features.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(FeatureVector features, Span<byte> destination)
    {
        var values = features.Values.AsSpan(0, FeatureCatalogue.Count);
        var length = 0;
        for (var first = 0; first < values.Length; first += BlockLength)
        {
            var block = values[first..Math.Min(first + BlockLength, values.Length)];
            var known = Known(block);
            destination[length++] = (byte)known;
            for (; known != 0; known &= known - 1)
            {
                length += WriteValue(block[BitOperations.TrailingZeroCount(known)], destination[length..]);
            }
        }

        var lowerBounds = features.LowerBounds;
        for (var from = 0; lowerBounds[from..].IndexOf(value: true) is >= 0 and var next; from += next + 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(destination[length..], (ushort)(from + next));
            length += sizeof(ushort);
        }

        return length;
    }

    /// <summary>Reads what <see cref="Write"/> of the same build wrote.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="features">Receives the features.</param>
    /// <returns>False if it is no such blob.</returns>
    public static bool TryRead(ReadOnlySpan<byte> blob, FeatureVector features)
    {
        features.Clear();
        return TryRead(blob, FeatureCatalogue.Count, features.Values, features.LowerBounds);
    }

    /// <summary>Reads a blob of any build.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="count">How many features the file that holds it names.</param>
    /// <param name="values">Receives the values, NaN where unknown; as many.</param>
    /// <param name="lowerBounds">Receives which are lower bounds; as many.</param>
    /// <returns>False if it is no such blob.</returns>
    public static bool TryRead(ReadOnlySpan<byte> blob, int count, Span<double> values, Span<bool> lowerBounds)
    {
        values[..count].Fill(double.NaN);
        lowerBounds[..count].Clear();
        for (var first = 0; first < count; first += BlockLength)
        {
            if (blob.IsEmpty)
            {
                return false;
            }

            uint known = blob[0];
            blob = blob[1..];
            for (; known != 0; known &= known - 1)
            {
                var index = first + BitOperations.TrailingZeroCount(known);
                if (index >= count || !TryReadValue(ref blob, out values[index]))
                {
                    return false;
                }
            }
        }

        for (; blob.Length >= sizeof(ushort); blob = blob[sizeof(ushort)..])
        {
            var index = BinaryPrimitives.ReadUInt16LittleEndian(blob);
            if (index >= count)
            {
                return false;
            }

            lowerBounds[index] = true;
        }

        return blob.IsEmpty;
    }

    // Most blocks of an event hold nothing: NaN alone differs from itself.
    private static uint Known(ReadOnlySpan<double> block)
    {
        if (block.Length == BlockLength)
        {
            var low = Vector256.Create(block);
            var high = Vector256.Create(block[Vector256<double>.Count..]);
            return Vector256.Equals(low, low).ExtractMostSignificantBits()
                | (Vector256.Equals(high, high).ExtractMostSignificantBits() << Vector256<double>.Count);
        }

        var known = 0u;
        for (var i = 0; i < block.Length; i++)
        {
            known |= double.IsNaN(block[i]) ? 0u : 1u << i;
        }

        return known;
    }

    private static int WriteValue(double value, Span<byte> destination)
    {
        // −0 would come back as 0; no feature has a sign.
        var whole = (uint)value;
        if (whole != value)
        {
            destination[0] = DoubleFollows;
            BinaryPrimitives.WriteDoubleLittleEndian(destination[1..], value);
            return 1 + sizeof(double);
        }

        if (whole <= LargestPlain)
        {
            destination[0] = (byte)whole;
            return 1;
        }

        destination[0] = IntegerFollows;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[1..], whole);
        return 1 + sizeof(uint);
    }

    private static bool TryReadValue(ref ReadOnlySpan<byte> blob, out double value)
    {
        value = 0;
        if (blob.IsEmpty)
        {
            return false;
        }

        var first = blob[0];
        var length = first switch
        {
            <= LargestPlain => 1,
            IntegerFollows => 1 + sizeof(uint),
            DoubleFollows => 1 + sizeof(double),
            _ => int.MaxValue,
        };
        if (blob.Length < length)
        {
            return false;
        }

        value = first switch
        {
            <= LargestPlain => first,
            IntegerFollows => BinaryPrimitives.ReadUInt32LittleEndian(blob[1..]),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(blob[1..]),
        };
        blob = blob[length..];
        return true;
    }
}
