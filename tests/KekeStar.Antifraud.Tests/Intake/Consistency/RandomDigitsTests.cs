using System.Text;
using CsCheck;
using KekeStar.Antifraud.Intake.Consistency;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

public sealed class RandomDigitsTests
{
    private const int Samples = 200_000;

    private static readonly Gen<string> Hex16 = Gen.Char["0123456789abcdef"].Array[16].Select(digits => new string(digits));

    [Theory]
    [InlineData("0101010101010101")]
    [InlineData("1234567812345678")]
    [InlineData("abababababababab")]
    [InlineData("0123456789012345")]
    [InlineData("fedcba9876543210")]
    [InlineData("1122334455667788")]
    [InlineData("0102030405060708")]
    [InlineData("0000000000000001")]
    [InlineData("aaaaaaaaaaaaaabc")]
    [InlineData("1234123412341234")]
    public void Digits_that_were_typed_in_or_counted_up_are_not_random(string digits)
    {
        Assert.True(RandomDigits.AreImprobable(Encoding.ASCII.GetBytes(digits), isUuid: false));
    }

    [Theory]
    [InlineData("11111111111141118111111111111111")]
    [InlineData("12345678123441238123456712345678")]
    [InlineData("00000000000040008000000000000001")]
    [InlineData("01234567890a4bcd8ef0123456789abc")]
    public void So_are_those_of_a_UUID_beside_its_version_and_variant(string digits)
    {
        Assert.True(RandomDigits.IsRandomUuid(Encoding.ASCII.GetBytes(digits)));
        Assert.True(RandomDigits.AreImprobable(Encoding.ASCII.GetBytes(digits), isUuid: true));
    }

    [Theory]
    [InlineData("8f3c2b1a9d7e6f50")]
    [InlineData("3f1e0a77b2c4d981")]
    [InlineData("0011aa93c7e4d5f2")]
    [InlineData("000000004fa81c93")]
    public void Ordinary_digits_are_random_and_so_are_a_few_zeros_at_the_head(string digits)
    {
        Assert.False(RandomDigits.AreImprobable(Encoding.ASCII.GetBytes(digits), isUuid: false));
    }

    [Fact]
    public void No_random_value_is_taken_for_a_made_one()
    {
        Hex16.Sample(digits => !RandomDigits.AreImprobable(Encoding.ASCII.GetBytes(digits), isUuid: false), iter: Samples);
        Gen.Guid.Sample(
            _ =>
            {
                var digits = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
                Assert.True(RandomDigits.IsRandomUuid(digits));
                Assert.False(RandomDigits.AreImprobable(digits, isUuid: true));
            },
            iter: Samples);
    }

    [Fact]
    public void A_random_value_is_taken_for_a_made_one_with_a_probability_below_one_in_a_thousand_million()
    {
        // Counted, not sampled: all values of 16 digits with at most two distinct ones, of 16¹⁶; and for a lag of 1 the
        // exact number of digit sequences with so many equal neighbours.
        var few = (16.0 + (120 * (Math.Pow(2, 16) - 2))) / Math.Pow(16, 16);
        var equal = 0.0;
        var fewest = Enumerable.Range(1, 15).First(hits => RandomDigits.AreImprobable(WithEqualNeighbours(hits), isUuid: false));
        for (var hits = fewest; hits <= 15; hits++)
        {
            equal += Binomial(15, hits) * 16 * Math.Pow(15, 15 - hits) / Math.Pow(16, 16);
        }

        Assert.True(few < 1e-9 / 11);
        Assert.True(equal < 1e-9 / 11);
        Assert.InRange(fewest, 8, 12);
    }

    [Fact]
    public void They_are_judged_as_if_the_pairs_were_counted_one_by_one() =>
        Gen.Select(Gen.Char["0123456789abcdef"].Array[1, 64], Gen.Char["01"].Array[64], Gen.Int[1, 16], Gen.Bool, Gen.Bool)
            .Sample((random, few, period, isRandom, isUuid) =>
            {
                var text = isUuid ? random.Length < 32 ? [.. random, .. few[..(32 - random.Length)]] : random[..32] : random;
                text = isRandom ? text : [.. text.Select((digit, i) => i % 5 == 0 ? digit : text[i % period])];
                var digits = Encoding.ASCII.GetBytes(text);
                Assert.Equal(CountedOneByOne(digits, isUuid), RandomDigits.AreImprobable(digits, isUuid));
            }, iter: 20_000);

    private static bool CountedOneByOne(byte[] digits, bool isUuid)
    {
        const double Bound = 1e-9 / 11;
        var values = digits.Select(static digit => Convert.ToInt32(((char)digit).ToString(), 16)).ToArray();
        var random = Enumerable.Range(0, values.Length).Where(i => !isUuid || i is not (12 or 16)).ToHashSet();
        var distinct = random.Select(i => values[i]).Distinct().Count();
        var most = Enumerable.Range(1, 16).TakeWhile(k => Binomial(16, k) * Math.Pow(k / 16.0, random.Count) < Bound).Count();
        return distinct <= most || IsRegular(1) || IsRegular(2) || IsRegular(4) || IsRegular(8);

        bool IsRegular(int lag)
        {
            var differences = random.Where(i => random.Contains(i + lag)).Select(i => (values[i + lag] - values[i] + 16) % 16).ToArray();
            int equal = differences.Count(d => d == 0), counted = Math.Max(differences.Count(d => d == 1), differences.Count(d => d == 15));
            return IsRare(equal, 1) || (lag <= 2 && IsRare(equal + counted, 2)) || (lag == 1 && IsRare(counted, 1));

            bool IsRare(int hits, int of) => Enumerable.Range(hits, differences.Length - hits + 1)
                .Sum(k => Binomial(differences.Length, k) * Math.Pow(of / 16.0, k) * Math.Pow(1 - (of / 16.0), differences.Length - k)) < Bound;
        }
    }

    // Steps of 5 elsewhere, so that nothing but the equal neighbours is regular.
    private static byte[] WithEqualNeighbours(int hits)
    {
        var digits = new StringBuilder();
        var value = 0;
        for (var i = 0; i < 16; i++)
        {
            digits.Append("0123456789abcdef"[value]);
            value = (value + (i < hits ? 0 : 5)) % 16;
        }

        return Encoding.ASCII.GetBytes(digits.ToString());
    }

    private static double Binomial(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++)
        {
            result = result * (n - k + i) / i;
        }

        return result;
    }
}
