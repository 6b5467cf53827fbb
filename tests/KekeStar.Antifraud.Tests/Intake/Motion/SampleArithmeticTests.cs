using CsCheck;
using KekeStar.Antifraud.Intake.Motion;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>A vector of samples at a time gives what one at a time gives, whatever the length.</summary>
public sealed class SampleArithmeticTests
{
    private static readonly Gen<(float X, float Y, float Z)> Vectors = Gen.Select(Gen.Float[-20, 20], Gen.Float[-20, 20], Gen.Float[-20, 20]);

    [Fact]
    public void Sums_and_spreads_are_those_of_the_textbook() =>
        Gen.Float[-20, 20].Array[1, 100].Sample(values =>
        {
            var mean = values.Average(static value => (double)value);
            var (actualMean, actualVariance) = SampleArithmetic.Spread(values);
            Assert.Equal(mean * values.Length, SampleArithmetic.Sum(values), 1e-3);
            Assert.Equal(mean, actualMean, 1e-4);
            Assert.Equal(values.Average(value => (value - mean) * (value - mean)), actualVariance, 1e-3);
        });

    [Fact]
    public void Lengths_and_changes_are_those_of_the_vectors() =>
        Gen.Select(Vectors.Array[1, 100], Gen.Int[0, 9]).Sample((vectors, later) =>
        {
            var (x, y, z) = (vectors.Select(v => v.X).ToArray(), vectors.Select(v => v.Y).ToArray(), vectors.Select(v => v.Z).ToArray());
            var lengths = new float[vectors.Length];
            SampleArithmetic.Lengths(x, y, z, lengths);
            var changes = new float[Math.Max(0, vectors.Length - later)];
            SampleArithmetic.Changes(x, y, z, later, changes);
            for (var i = 0; i < lengths.Length; i++)
            {
                Assert.Equal(Length(x[i], y[i], z[i]), lengths[i]);
            }

            for (var i = 0; i < changes.Length; i++)
            {
                Assert.Equal(Length(x[i + later] - x[i], y[i + later] - y[i], z[i + later] - z[i]), changes[i]);
            }
        });

    [Fact]
    public void Steps_and_their_correlations_are_those_of_the_definition() =>
        Gen.Select(Gen.OneOf(Gen.Float[-3, 3], Gen.Const(0.5f), Gen.Float[0.49f, 0.51f]).Array[32, 256], Gen.Bool).Sample((values, isCoarse) =>
        {
            values = isCoarse ? [.. values.Select(static value => MathF.Round(value))] : values;
            var count = values.Length - 1;
            var room = new float[count + AxisMeasures.Padding];
            room.AsSpan().Fill(float.NaN);
            var measures = AxisMeasures.Take(values, room);
            var steps = Enumerable.Range(0, count).Select(i => values[i + 1] - values[i]).ToArray();
            Assert.Equal(steps, room[..count]);
            Assert.Equal(steps.Count(static step => step != 0), measures.Changes);
            Assert.Equal(steps.Any(static step => step != 0 && Math.Abs(step) < 0.25f), measures.HasFineStep);
            Assert.Equal(steps.Average(static step => (double)step * step), measures.StepPower, 1e-4);
            for (var part = 0; part < AxisMeasures.Parts; part++)
            {
                var end = part == AxisMeasures.Parts - 1 ? count : (part + 1) * (count / AxisMeasures.Parts);
                var own = steps[(part * (count / AxisMeasures.Parts))..end];
                Assert.Equal(own.Average(static step => (double)step * step), measures.PartPower(part), 1e-4);
            }

            if (measures.StepPower < 1e-3)
            {
                return;
            }

            var correlations = new float[AxisMeasures.MaxLag + 1];
            measures.AddCorrelations(room, count, correlations);
            for (var lag = 1; lag <= AxisMeasures.MaxLag; lag++)
            {
                var products = Enumerable.Range(0, count - lag).Average(i => (double)steps[i] * steps[i + lag]);
                Assert.Equal(products / measures.StepPower, correlations[lag], 1e-3);
            }
        });

    [Fact]
    public void Smooth_places_are_those_whose_fourth_differences_are_small_on_every_axis() =>
        Gen.Select(Gen.Float[0, 0.004f], Gen.Float[0, 0.004f], Gen.Float[0, 0.001f]).Array[32, 256].Sample(vectors =>
        {
            float[][] axes = [[.. vectors.Select(v => v.Item1)], [.. vectors.Select(v => v.Item2)], [.. vectors.Select(v => v.Item3)]];
            var count = vectors.Length - 1;
            var room = count + AxisMeasures.Padding;
            var steps = new float[3 * room];
            for (var axis = 0; axis < 3; axis++)
            {
                AxisMeasures.Take(axes[axis], steps.AsSpan(axis * room, room));
            }

            var smooth = Enumerable.Range(0, count - 3).Count(i => Enumerable.Range(0, 3).All(axis => IsSmooth(steps.AsSpan(axis * room)[i..])));
            Assert.Equal((float)smooth / (count - 3), Smoothness.Share(steps, count, 0.003f));

            static bool IsSmooth(ReadOnlySpan<float> own) => Math.Abs(own[3] - own[0] - (3 * (own[2] - own[1]))) < 0.003f;
        });

    [Fact]
    public void A_series_repeats_if_the_difference_function_falls_below_the_bound_after_it_has_risen() =>
        Gen.Select(Gen.Int[32, 256], Gen.Int[2, 60], Gen.Float[0, 1.5f], Gen.Int).Sample((count, period, noise, seed) =>
        {
            var random = new Random(seed);
            float[] Axis() => [.. Enumerable.Range(0, count)
                .Select(i => (float)(Math.Sin(2 * Math.PI * i / period) + (noise * (random.NextDouble() - 0.5))))];
            float[][] axes = [Axis(), Axis(), Axis()];
            var variance = axes.Sum(static axis => SampleArithmetic.Spread(axis).Variance);
            var shares = Enumerable.Range(3, Math.Max(0, (count / 2) - 2)).Select(lag => axes.Sum(axis => Enumerable.Range(0, count - lag)
                .Sum(i => Math.Pow(axis[i + lag] - axis[i], 2))) / ((count - lag) * 2.0 * variance)).ToArray();
            var after = shares.SkipWhile(static share => share <= Periodicity.Risen).ToArray();
            var smallest = after.Length == 0 ? 1 : after.Min();

            // On the bound itself rounding decides.
            if (Math.Abs(smallest - 0.1) > 1e-4 && shares.All(static share => Math.Abs(share - Periodicity.Risen) > 1e-4))
            {
                var series = new SampleSeries(new uint[count], axes[0], axes[1], axes[2]);
                Assert.Equal(smallest < 0.1, Periodicity.Repeats(series, variance, 0.1f));
            }
        });

    private static float Length(float x, float y, float z) => MathF.Sqrt((x * x) + (y * y) + (z * z));
}
