using CsCheck;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring;

public sealed class ThresholdJitterTests
{
    private const int Entities = 200_000;

    private static readonly Gen<Scene> Scenes = Gen.Int[1, Policy.SceneCount - 1].Select(static number => (Scene)number);

    [Fact]
    public void A_shift_stays_within_twice_the_width_and_is_the_same_each_time() =>
        Gen.Select(Gen.Int[0, PolicyLimits.MaxJitterWidth], Scenes, Gen.ULong).Sample(static (width, scene, entity) =>
        {
            var jitter = new ThresholdJitter(width);
            var shift = jitter.ShiftOf(scene, entity);

            Assert.InRange(shift, -2 * width, 2 * width);
            Assert.Equal(shift, new ThresholdJitter(width).ShiftOf(scene, entity));
        });

    [Fact]
    public void Without_a_width_and_without_an_entity_nothing_moves()
    {
        Gen.Select(Scenes, Gen.ULong).Sample(static (scene, entity) => Assert.Equal(0, default(ThresholdJitter).ShiftOf(scene, entity)));
        Gen.Select(Scenes, Gen.Int[0, PolicyLimits.MaxJitterWidth]).Sample(static (scene, width) => Assert.Equal(0, new ThresholdJitter(width).ShiftOf(scene, 0)));
    }

    [Fact]
    public void An_event_meets_the_thresholds_of_its_account_and_without_one_those_of_its_network()
    {
        Assert.Equal(1UL, ThresholdJitter.EntityOf(1, 2));
        Assert.Equal(2UL, ThresholdJitter.EntityOf(0, 2));
        Assert.Equal(0UL, ThresholdJitter.EntityOf(0, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(50)]
    public void Every_shift_is_as_likely_as_any_other(int width)
    {
        var jitter = new ThresholdJitter(width);
        var counts = new int[(2 * jitter.Reach) + 1];
        foreach (var entity in Pseudonyms(seed: width))
        {
            counts[jitter.ShiftOf(Scene.Login, entity) + jitter.Reach]++;
        }

        AssertEven(counts);
    }

    [Fact]
    public void The_shift_of_one_scene_says_nothing_of_another()
    {
        var jitter = new ThresholdJitter(1);
        var values = (2 * jitter.Reach) + 1;
        var counts = new int[values * values];
        foreach (var entity in Pseudonyms(seed: 3))
        {
            counts[((jitter.ShiftOf(Scene.Login, entity) + jitter.Reach) * values) + jitter.ShiftOf(Scene.Withdraw, entity) + jitter.Reach]++;
        }

        AssertEven(counts);
    }

    [Fact]
    public void The_best_estimate_of_an_unknown_shift_is_off_by_the_width_in_the_mean()
    {
        for (var width = 1; width <= PolicyLimits.MaxJitterWidth; width++)
        {
            var reach = new ThresholdJitter(width).Reach;
            var shifts = Enumerable.Range(-reach, (2 * reach) + 1).ToArray();
            var best = Enumerable.Range(-reach, (2 * reach) + 1).Min(estimate => shifts.Average(shift => Math.Abs((double)shift - estimate)));

            Assert.InRange(best, width, width + 0.5);
        }
    }

    private static IEnumerable<ulong> Pseudonyms(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Entities; i++)
        {
            yield return unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue));
        }
    }

    // Chi-square against evenness; by Wilson and Hilferty its value is below 4.5 standard deviations but once in 300,000 tables.
    private static void AssertEven(int[] counts)
    {
        var expected = (double)counts.Sum() / counts.Length;
        var square = counts.Sum(count => (count - expected) * (count - expected) / expected);
        var freedom = counts.Length - 1.0;
        var deviations = (Math.Cbrt(square / freedom) - (1 - (2 / (9 * freedom)))) / Math.Sqrt(2 / (9 * freedom));
        Assert.True(deviations < 4.5, $"{square} with {freedom} degrees of freedom");
    }
}
