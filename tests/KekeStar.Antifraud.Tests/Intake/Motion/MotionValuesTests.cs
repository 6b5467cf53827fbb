using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Motion;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>What the values of a series say as they are: constant, zero, gravity, how they spread.</summary>
public class MotionValuesTests
{
    private const float Gravity = 9.81f;
    private const uint Interval = 20_000; // 50 Hz.
    private const MotionCriteria OfValues = MotionCriteria.Stub | MotionCriteria.GravityImplausible;

    [Fact]
    public void A_phone_on_a_table_has_noise_and_is_neither_constant_nor_far_from_gravity()
    {
        var random = new Random(1);
        var series = new Series(100);
        for (var i = 0; i < 100; i++)
        {
            series.Set(i, (uint)((i * Interval) + random.Next(2_000)), Noise(random), Noise(random), Gravity + Noise(random));
        }

        var findings = series.Analyse();
        Assert.Equal(MotionCriteria.Judged | MotionCriteria.Still, findings.Criteria);
        Assert.Equal(100, findings.Samples);
        Assert.InRange(findings.MagnitudeVariance, 1e-6f, 0.01f);
    }

    [Theory]
    [InlineData(15, MotionCriteria.None)]
    [InlineData(16, MotionCriteria.Constant)]
    [InlineData(512, MotionCriteria.Constant)]
    public void A_constant_is_told_from_sixteen_samples_on(int count, object expected)
    {
        var series = new Series(count);
        for (var i = 0; i < count; i++)
        {
            series.Set(i, (uint)i * Interval, 0, 0, Gravity);
        }

        var findings = series.Analyse();
        Assert.Equal((MotionCriteria)expected, findings.Criteria & OfValues);
        Assert.Equal(0, findings.MagnitudeVariance);
        Assert.Equal(count, findings.Samples);
        Assert.Equal(count >= 16, findings.IsSynthetic);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(31)]
    public void One_other_bit_makes_a_series_not_constant(int place)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            var series = new Series(32);
            for (var i = 0; i < 32; i++)
            {
                var value = i == place ? MathF.BitIncrement(Gravity) : Gravity;
                series.Set(i, (uint)i * Interval, axis == 0 ? value : 0, axis == 1 ? value : 0, axis == 2 ? value : 0);
            }

            Assert.Equal(MotionCriteria.None, series.Analyse().Criteria & OfValues);
        }
    }

    [Fact]
    public void Zeros_are_told_also_when_some_are_negative()
    {
        var series = new Series(20);
        for (var i = 0; i < 20; i++)
        {
            series.Set(i, (uint)i, i % 2 == 0 ? 0f : -0f, 0, 0);
        }

        Assert.Equal(MotionCriteria.Zero | MotionCriteria.GravityImplausible, series.Analyse().Criteria);
        series.Set(19, 19, 0, 1e-30f, 0);
        Assert.Equal(MotionCriteria.GravityImplausible, series.Analyse().Criteria);
    }

    [Theory]
    [InlineData(6.99f, true)]
    [InlineData(7.01f, false)]
    [InlineData(12.99f, false)]
    [InlineData(13.01f, true)]
    public void Gravity_is_plausible_between_seven_and_thirteen(float magnitude, bool expected)
    {
        foreach (var count in (ReadOnlySpan<int>)[4, 40])
        {
            var series = new Series(count);
            for (var i = 0; i < count; i++)
            {
                series.Set(i, (uint)i, 0, -magnitude, 0);
            }

            Assert.Equal(expected, series.Analyse().Criteria.HasFlag(MotionCriteria.GravityImplausible));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_no_number_is_found_wherever_it_stands(float value)
    {
        for (var place = 0; place < 37; place++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                var series = new Series(37);
                Assert.True(series.IsFinite);
                series.Set(place, 3, axis == 0 ? value : 1, axis == 1 ? value : 1, axis == 2 ? value : 1);
                Assert.False(series.IsFinite);
            }
        }
    }

    [Fact]
    public void The_largest_numbers_are_numbers()
    {
        var series = new Series(40);
        series.Set(39, 3, float.MaxValue, float.MinValue, float.Epsilon);
        Assert.True(series.IsFinite);
        Assert.Equal(MotionCriteria.Judged | MotionCriteria.GravityImplausible, series.Analyse().Criteria & (OfValues | MotionCriteria.Judged));
    }

    [Fact]
    public void Time_that_runs_back_is_found_wherever_it_does()
    {
        for (var place = 1; place < 37; place++)
        {
            var series = new Series(37);
            for (var i = 0; i < 37; i++)
            {
                series.Set(i, i == place ? (uint)i - 1 : (uint)i, 0, 0, 0);
            }

            Assert.True(series.IsOrdered);
            series.Set(place - 1, (uint)place, 0, 0, 0);
            Assert.False(series.IsOrdered);
        }
    }

    [Fact]
    public void The_variance_of_the_magnitudes_is_that_of_the_textbook() =>
        Gen.Select(Gen.Float[-20, 20], Gen.Float[-20, 20], Gen.OneOf(0f, 9.81f, 9.9f)).Array[32, IntakeLimits.MaxMotionSamples].Sample(samples =>
        {
            var series = new Series(samples.Length);
            for (var i = 0; i < samples.Length; i++)
            {
                series.Set(i, (uint)i * Interval, samples[i].Item1, samples[i].Item2, samples[i].Item3);
            }

            var magnitudes = samples.Select(sample => Math.Sqrt(Square(sample.Item1) + Square(sample.Item2) + Square(sample.Item3))).ToArray();
            var mean = magnitudes.Average();
            Assert.Equal(magnitudes.Average(value => (value - mean) * (value - mean)), series.Analyse().MagnitudeVariance, 1e-3);
        });

    private static double Square(double value) => value * value;

    private static float Noise(Random random) => (float)((random.NextDouble() - 0.5) * 0.05);

    private sealed class Series(int count)
    {
        private readonly uint[] _time = new uint[count];
        private readonly float[] _x = new float[count];
        private readonly float[] _y = new float[count];
        private readonly float[] _z = new float[count];

        internal bool IsFinite => Samples.IsFinite;

        internal bool IsOrdered => Samples.IsOrdered;

        private SampleSeries Samples => new(_time, _x, _y, _z);

        internal void Set(int index, uint time, float x, float y, float z) =>
            (_time[index], _x[index], _y[index], _z[index]) = (time, x, y, z);

        internal MotionFindings Analyse() => MotionAnalysis.Analyse(Samples);
    }
}
