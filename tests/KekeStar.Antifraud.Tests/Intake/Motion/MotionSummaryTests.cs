using CsCheck;
using KekeStar.Antifraud.Intake.Motion;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

public class MotionSummaryTests
{
    private const float Gravity = 9.81f;
    private const uint Interval = 20_000; // 50 Hz.

    [Fact]
    public void A_phone_on_a_table_has_noise_and_no_flag()
    {
        var random = new Random(1);
        var series = new Series(100);
        for (var i = 0; i < 100; i++)
        {
            series.Set(i, (uint)((i * Interval) + random.Next(2_000)), Noise(random), Noise(random), Gravity + Noise(random));
        }

        var summary = series.Summarise();
        Assert.Equal(MotionFlags.None, summary.Flags);
        Assert.Equal(100, summary.Count);
        Assert.Equal(Gravity, summary.MeanMagnitude, 0.05);
        Assert.InRange(summary.MagnitudeVariance, 1e-6, 0.01);
        Assert.InRange(summary.IntervalVariation, 0.001, 0.2);
        Assert.Equal(1, summary.DistinctShare, 0.05);
    }

    [Theory]
    [InlineData(15, MotionFlags.None)]
    [InlineData(16, MotionFlags.IsConstant)]
    [InlineData(512, MotionFlags.IsConstant)]
    public void A_constant_is_told_from_sixteen_samples_on(int count, object expected)
    {
        var series = new Series(count);
        for (var i = 0; i < count; i++)
        {
            series.Set(i, (uint)i * Interval, 0, 0, Gravity);
        }

        var summary = series.Summarise();
        Assert.Equal((MotionFlags)expected, summary.Flags);
        Assert.Equal(0, summary.MagnitudeVariance);
        Assert.Equal(1, summary.LongestRunShare);
        Assert.Equal(1.0 / count, summary.DistinctShare);
        Assert.Equal(0, summary.IntervalVariation);
        Assert.Equal((uint)(count - 1) * Interval, summary.DurationMicroseconds);
    }

    [Fact]
    public void One_other_bit_makes_a_series_not_constant()
    {
        var series = new Series(32);
        for (var i = 0; i < 32; i++)
        {
            series.Set(i, (uint)i * Interval, 0, 0, i == 20 ? MathF.BitIncrement(Gravity) : Gravity);
        }

        var summary = series.Summarise();
        Assert.Equal(MotionFlags.None, summary.Flags);
        Assert.Equal(20.0 / 32, summary.LongestRunShare);
        Assert.Equal(2.0 / 32, summary.DistinctShare);
    }

    [Fact]
    public void Zeros_are_told_also_when_some_are_negative()
    {
        var series = new Series(20);
        for (var i = 0; i < 20; i++)
        {
            series.Set(i, (uint)i, i % 2 == 0 ? 0f : -0f, 0, 0);
        }

        Assert.Equal(MotionFlags.IsZero | MotionFlags.GravityImplausible, series.Summarise().Flags);
    }

    [Theory]
    [InlineData(6.99f, true)]
    [InlineData(7.01f, false)]
    [InlineData(12.99f, false)]
    [InlineData(13.01f, true)]
    public void Gravity_is_plausible_between_seven_and_thirteen(float magnitude, bool expected)
    {
        var series = new Series(4);
        for (var i = 0; i < 4; i++)
        {
            series.Set(i, (uint)i, 0, -magnitude, 0);
        }

        Assert.Equal(expected, series.Summarise().Flags.HasFlag(MotionFlags.GravityImplausible));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_no_number_makes_the_series_invalid(float value)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            var series = new Series(5);
            series.Set(3, 3, axis == 0 ? value : 1, axis == 1 ? value : 1, axis == 2 ? value : 1);
            var summary = series.Summarise();
            Assert.Equal(MotionFlags.Invalid, summary.Flags);
            Assert.Equal(0, summary.Count);
            Assert.Equal(0, summary.MeanMagnitude);
        }
    }

    [Fact]
    public void Lists_that_do_not_fit_are_invalid()
    {
        Assert.Equal(MotionFlags.Invalid, MotionSummary.Compute([], [], [], []).Flags);
        Assert.Equal(MotionFlags.Invalid, MotionSummary.Compute([0, 1], [1, 1], [1, 1], [1]).Flags);
        Assert.Equal(MotionFlags.Invalid, MotionSummary.Compute([0], [1, 1], [1, 1], [1, 1]).Flags);
        Assert.Equal(MotionFlags.Invalid, new Series(MotionSummary.MaxSamples + 1).Summarise().Flags);
    }

    [Fact]
    public void Time_that_stands_still_or_runs_back_has_no_variation()
    {
        Assert.True(double.IsNaN(MotionSummary.Compute([5, 5, 5], [1, 2, 3], [0, 0, 0], [9, 9, 9]).IntervalVariation));
        var backwards = MotionSummary.Compute([5, 9, 3], [1, 2, 3], [0, 0, 0], [9, 9, 9]);
        Assert.True(double.IsNaN(backwards.IntervalVariation));
        Assert.Equal(0u, backwards.DurationMicroseconds);
    }

    [Fact]
    public void The_measures_are_those_of_the_textbook() =>
        Gen.Select(Gen.UInt[0, 60_000], Gen.Float[-20, 20], Gen.Float[-20, 20], Gen.OneOf(0f, 9.81f, 9.9f)).Array[3, 512].Sample(samples =>
        {
            var series = new Series(samples.Length);
            var time = 0u;
            for (var i = 0; i < samples.Length; i++)
            {
                var (step, x, y, z) = samples[i];
                time += i == 0 ? 0 : step;

                // Some samples repeat, next to each other and further apart.
                var coarse = i % 3 == 0;
                series.Set(i, time, coarse ? MathF.Round(x / 20) : x, coarse ? MathF.Round(y / 20) : y, z);
            }

            var summary = series.Summarise();
            var magnitudes = series.Magnitudes();
            var mean = magnitudes.Average();
            Assert.Equal(mean, summary.MeanMagnitude, 1e-9);
            Assert.Equal(magnitudes.Average(value => (value - mean) * (value - mean)), summary.MagnitudeVariance, 1e-9);
            Assert.Equal((double)series.Vectors().Distinct().Count() / samples.Length, summary.DistinctShare, 1e-12);
            Assert.Equal((double)series.LongestRun() / samples.Length, summary.LongestRunShare, 1e-12);
            Assert.Equal(time, summary.DurationMicroseconds);
            var intervals = samples.Skip(1).Select(sample => (double)sample.Item1).ToArray();
            var step0 = intervals.Average();
            if (step0 > 0)
            {
                Assert.Equal(Math.Sqrt(intervals.Average(value => (value - step0) * (value - step0))) / step0, summary.IntervalVariation, 1e-9);
            }
        });

    private static float Noise(Random random) => (float)((random.NextDouble() - 0.5) * 0.05);

    private sealed class Series(int count)
    {
        private readonly uint[] _time = new uint[count];
        private readonly float[] _x = new float[count];
        private readonly float[] _y = new float[count];
        private readonly float[] _z = new float[count];

        internal void Set(int index, uint time, float x, float y, float z) =>
            (_time[index], _x[index], _y[index], _z[index]) = (time, x, y, z);

        internal MotionSummary Summarise() => MotionSummary.Compute(_time, _x, _y, _z);

        internal (uint X, uint Y, uint Z)[] Vectors() =>
            [.. Enumerable.Range(0, count).Select(i => (Bits(_x[i]), Bits(_y[i]), Bits(_z[i])))];

        internal double[] Magnitudes() =>
            [.. Enumerable.Range(0, count).Select(i => Math.Sqrt(((double)_x[i] * _x[i]) + ((double)_y[i] * _y[i]) + ((double)_z[i] * _z[i])))];

        internal int LongestRun()
        {
            var vectors = Vectors();
            var longest = 1;
            for (var start = 0; start < count; start++)
            {
                var end = start;
                while (end + 1 < count && vectors[end + 1] == vectors[start])
                {
                    end++;
                }

                longest = Math.Max(longest, end - start + 1);
            }

            return longest;
        }

        private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
    }
}
