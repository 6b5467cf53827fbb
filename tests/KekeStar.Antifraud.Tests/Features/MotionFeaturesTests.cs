using Google.Protobuf;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Features;

/// <summary>From a motion series on the wire to its features.</summary>
public sealed class MotionFeaturesTests
{
    private const double Unknown = double.NaN;

    private static readonly string[] Findings =
    [
        "motion.synthetic", "motion.periodic", "motion.white_noise", "motion.random_walk", "motion.noiseless", "motion.coarse",
        "motion.dead_axis", "motion.implausible_time", "motion.still",
    ];

    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void A_sine_is_a_program()
    {
        var features = Features(Series(128, static i => (2 * MathF.Sin(i), 2 * MathF.Cos(i), 9.8f + MathF.Sin(i))));
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0, 0], Findings.Select(features));
        Assert.InRange(features("motion.tremor"), 0, 1);
    }

    [Fact]
    public void A_constant_is_a_program_and_does_not_lie_still()
    {
        var features = Features(Series(128, static _ => (0, 0, 9.8f)));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0], Findings.Select(features));
        Assert.Equal(Unknown, features("motion.tremor"));
    }

    [Fact]
    public void A_few_samples_tell_a_constant_alone()
    {
        Assert.Equal(1, Features(Series(16, static _ => (0, 0, 9.8f)))("motion.synthetic"));
        var few = Features(Series(31, static i => (2 * MathF.Sin(i), 2 * MathF.Cos(i), 9.8f)));
        Assert.All(Findings, name => Assert.Equal(Unknown, few(name)));
    }

    [Fact]
    public void A_gyroscope_is_compared_whichever_series_comes_first()
    {
        var turning = Series(128, static i => (0, 9.8f * MathF.Sin(i * 0.02f), 9.8f * MathF.Cos(i * 0.02f)));
        var still = Series(128, static _ => (0, 0, 0));
        Assert.Equal(1, Features(turning, still)("motion.gyroscope_mismatch"));
        Assert.Equal(Unknown, Features(turning)("motion.gyroscope_mismatch"));
    }

    [Fact]
    public void Without_consent_nothing_is_known()
    {
        var request = Request(Series(128, static i => (2 * MathF.Sin(i), 2 * MathF.Cos(i), 9.8f)), null);
        Assert.True(request.Consent.Granted.Remove(ConsentCategory.Motion));
        var features = Features(request);
        Assert.All([.. Findings, "motion.tremor", "motion.gyroscope_mismatch", "recording.matching_devices"], name =>
        {
            Assert.Equal(Unknown, features(name));
            Assert.Equal(ConsentCategory.Motion, FeatureCatalogue.Find(name)!.Consent);
        });
    }

    private static MotionSeries Series(int count, Func<int, (float X, float Y, float Z)> value)
    {
        var series = new MotionSeries();
        for (var i = 0; i < count; i++)
        {
            var (x, y, z) = value(i);
            series.TimeUs.Add((uint)i * 20_000);
            series.X.Add(x);
            series.Y.Add(y);
            series.Z.Add(z);
        }

        return series;
    }

    private static ScoreRequest Request(MotionSeries accelerometer, MotionSeries? gyroscope) => new()
    {
        EventId = "event",
        Scene = Scene.Login,
        Consent = new Consent { Granted = { FullRequest.AllCategories() } },
        Device = new DeviceSignals { Accelerometer = accelerometer, Gyroscope = gyroscope },
    };

    private Func<string, double> Features(MotionSeries accelerometer, MotionSeries? gyroscope = null) =>
        Features(Request(accelerometer, gyroscope));

    private Func<string, double> Features(ScoreRequest request)
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        FeatureBuilder.Build(_intake.Parse(request.ToByteArray()), new EventCounts(), features);
        return name => features.Values[FeatureCatalogue.Find(name)!.Index];
    }
}
