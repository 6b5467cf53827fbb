using CsCheck;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class ZipfSamplerTests
{
    [Fact]
    public void The_table_holds_exactly_the_probabilities_of_the_law()
        => Gen.Select(Gen.Int[1, 5_000], Gen.Double[0, 3]).Sample((count, exponent) =>
        {
            double[] table = new ZipfSampler(count, exponent).Probabilities();
            double sum = Enumerable.Range(1, count).Sum(rank => Math.Pow(rank, -exponent));
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(Math.Pow(i + 1, -exponent) / sum, table[i], 1e-12);
            }
        }, iter: 200);

    [Fact]
    public void Draws_over_evenly_spread_bits_hit_each_rank_as_often_as_the_law_says()
    {
        const int Draws = 1 << 20;
        var sampler = new ZipfSampler(100, 0.9);
        double[] expected = sampler.Probabilities();
        int[] hits = new int[100];
        for (ulong i = 0; i < Draws; i++)
        {
            hits[sampler.Draw((i << 44) | (1UL << 43))]++;
        }

        for (int rank = 0; rank < hits.Length; rank++)
        {
            // Each of the 100 columns is cut twice at most, so a rank is off by no more than a step per column.
            Assert.Equal(expected[rank], hits[rank] / (double)Draws, 200.0 / Draws);
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    public void The_extreme_bits_give_a_rank_too(ulong random)
        => Assert.InRange(new ZipfSampler(7, 0.9).Draw(random), 0, 6);
}
