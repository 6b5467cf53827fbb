using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>
/// Says whether hexadecimal digits that should be random look typed in or counted up: few distinct digits, repeated
/// ones, counting runs. A random value is taken for such a one with a probability below 10⁻⁹.
/// </summary>
/// <remarks>
/// <para>
/// Eleven tests, each with a threshold that a random value reaches with less than 10⁻⁹ / 11, so that all together
/// stay below 10⁻⁹ (Boole's inequality).
/// </para>
/// <para>
/// Ten of them count the places i where (digit[i + lag] − digit[i]) mod 16 lies in a set: {0} repeats, {1} and {−1}
/// count, {0, 1} and {0, −1} count with repeats (1122…, or 0102… at lag 2). Of independent uniform digits these
/// differences are independent and uniform too, since the pairs of one lag form chains without a cycle; so the count is
/// exactly binomial, and the threshold is where its upper tail falls below the bound.
/// </para>
/// <para>The eleventh: n random digits have at most k distinct ones with a probability of at most C(16, k) (k / 16)ⁿ.</para>
/// </remarks>
internal static class RandomDigits
{
    private const int MaxLength = 64;
    private const int Radix = 16;
    private const int Tests = 11;
    private const double Bound = 1e-9 / Tests;

    // RFC 9562: the digits of a UUID that hold version and variant are not random.
    private const int VersionDigit = 12;
    private const int VariantDigit = 16;

    private static readonly byte[] OneDifference = Thresholds(1.0 / Radix);
    private static readonly byte[] TwoDifferences = Thresholds(2.0 / Radix);
    private static readonly byte[] DistinctDigits = [.. Enumerable.Range(0, MaxLength + 1).Select(MostDistinct)];

    /// <summary>True for a UUID of version 4, the only one that promises random digits.</summary>
    /// <param name="digits">32 hexadecimal digits.</param>
    public static bool IsRandomUuid(ReadOnlySpan<byte> digits) =>
        digits.Length == Uuid.Length
        && digits[VersionDigit] == (byte)'4'
        && digits[VariantDigit] is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'b';

    /// <summary>True if no random source gives these digits.</summary>
    /// <param name="digits">At most 64 hexadecimal digits.</param>
    /// <param name="isUuid">True to leave out the two digits of a UUID that are not random.</param>
    [SkipLocalsInit]
    public static bool AreImprobable(ReadOnlySpan<byte> digits, bool isUuid)
    {
        // Behind them lies anything: those places count in no mask.
        Span<byte> values = stackalloc byte[MaxLength + Vector256<byte>.Count];
        digits.CopyTo(values);
        TakeValues(values[..MaxLength]);
        var notRandom = isUuid ? (1UL << VersionDigit) | (1UL << VariantDigit) : 0;
        var result = HasFewDistinct(values[..digits.Length], notRandom)
            || IsRegular(values, digits.Length, notRandom, lag: 1, counting: true)
            || IsRegular(values, digits.Length, notRandom, lag: 2, counting: true)
            || IsRegular(values, digits.Length, notRandom, lag: 4, counting: false)
            || IsRegular(values, digits.Length, notRandom, lag: 8, counting: false);
        values.Clear();
        return result;
    }

    // From letters and ciphers of ASCII to 0 … 15.
    private static void TakeValues(Span<byte> values)
    {
        for (var i = 0; i < values.Length; i += Vector256<byte>.Count)
        {
            var text = Vector256.Create<byte>(values[i..]);
            var isLetter = Vector256.GreaterThan(text, Vector256.Create((byte)'9'));
            ((text & Vector256.Create((byte)(Radix - 1))) + (isLetter & Vector256.Create((byte)9))).CopyTo(values[i..]);
        }
    }

    private static bool HasFewDistinct(ReadOnlySpan<byte> values, ulong notRandom)
    {
        var seen = 0u;
        for (var i = 0; i < values.Length; i++)
        {
            seen |= (notRandom >> i & 1) == 0 ? 1u << values[i] : 0;
        }

        return uint.PopCount(seen) <= DistinctDigits[values.Length - BitOperations.PopCount(notRandom)];
    }

    private static bool IsRegular(ReadOnlySpan<byte> values, int length, ulong notRandom, int lag, bool counting)
    {
        // By place, one bit each: whether it is the first of a pair, and what the pair differs by.
        var isPair = length > lag ? (ulong.MaxValue >> (MaxLength - (length - lag))) & ~(notRandom | (notRandom >> lag)) : 0;
        ulong isEqual = 0, isUp = 0, isDown = 0;
        for (var i = 0; i < length; i += Vector256<byte>.Count)
        {
            var difference = (Vector256.Create<byte>(values[(i + lag)..]) - Vector256.Create<byte>(values[i..])) & Vector256.Create((byte)(Radix - 1));
            isEqual |= (ulong)Vector256.Equals(difference, Vector256<byte>.Zero).ExtractMostSignificantBits() << i;
            isUp |= (ulong)Vector256.Equals(difference, Vector256<byte>.One).ExtractMostSignificantBits() << i;
            isDown |= (ulong)Vector256.Equals(difference, Vector256.Create((byte)(Radix - 1))).ExtractMostSignificantBits() << i;
        }

        var pairs = BitOperations.PopCount(isPair);
        var equal = BitOperations.PopCount(isEqual & isPair);
        var counted = Math.Max(BitOperations.PopCount(isUp & isPair), BitOperations.PopCount(isDown & isPair));
        return equal >= OneDifference[pairs]
            || (counting && (equal + counted >= TwoDifferences[pairs] || (lag == 1 && counted >= OneDifference[pairs])));
    }

    // By number of pairs: the fewest hits whose upper tail lies below the bound; one more than there are pairs if none.
    private static byte[] Thresholds(double probability)
    {
        var thresholds = new byte[MaxLength + 1];
        for (var pairs = 0; pairs <= MaxLength; pairs++)
        {
            var tail = 0.0;
            var hits = pairs;
            for (; hits >= 0; hits--)
            {
                tail += Choose(pairs, hits) * Math.Pow(probability, hits) * Math.Pow(1 - probability, pairs - hits);
                if (tail >= Bound)
                {
                    break;
                }
            }

            thresholds[pairs] = (byte)(hits + 1);
        }

        return thresholds;
    }

    private static byte MostDistinct(int digits)
    {
        var most = 0;
        while (most < Radix && Choose(Radix, most + 1) * Math.Pow((most + 1.0) / Radix, digits) < Bound)
        {
            most++;
        }

        return (byte)most;
    }

    private static double Choose(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++)
        {
            result = result * (n - k + i) / i;
        }

        return result;
    }
}
