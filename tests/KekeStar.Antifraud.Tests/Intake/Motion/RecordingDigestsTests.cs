using System.Globalization;
using System.Numerics;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Simulation.Motion;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>A recording played again is known by two digests; two recordings hardly ever share two.</summary>
public sealed class RecordingDigestsTests(ITestOutputHelper output)
{
    private const int Many = 1_000;

    // Of the recordings that were generated, more than half of which hardly move: fewer than the 99 in 100 that are aimed at. Of
    // real people's walks and turns of two seconds and a half it is 99 to 100 (docs/motion.md).
    [Theory]
    [InlineData(128, 1, 0, 1)]
    [InlineData(128, 1, 0.02, 0.95)]
    [InlineData(128, 0.9, 0.02, 0.93)]
    [InlineData(128, 0.75, 0.02, 0.88)]
    [InlineData(128, 0.9, 0.05, 0.82)]
    [InlineData(128, 0.75, 0.05, 0.71)]
    [InlineData(512, 0.9, 0.02, 0.96)]
    [InlineData(512, 0.75, 0.02, 0.93)]
    [InlineData(512, 0.9, 0.05, 0.86)]
    public void A_recording_is_known_again(int samples, double kept, double noise, double least)
    {
        var random = new Random(301);
        var known = PersonTraces.MakeLively(302, Many, samples).Count(trace => trace.IsKnownAs(trace.Replay(random, kept, noise)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{samples} samples, {kept:P0} kept, noise {noise}: {known} of {Many} known again"));
        Assert.True(known >= least * Many, $"{known}");
    }

    [Fact]
    public void A_recording_of_a_turned_device_is_known_again()
    {
        var random = new Random(303);
        var turn = Quaternion.CreateFromYawPitchRoll(1, 2, 3);
        var known = PersonTraces.MakeLively(304, 200).Count(trace => trace.IsKnownAs(trace.Replay(random, 1, 0, turn)));
        Assert.True(known >= 199, $"{known}");
    }

    [Fact]
    public void Values_that_no_sensor_has_are_no_fault()
    {
        var random = new Random(305);
        Span<byte> codes = stackalloc byte[RecordingAnchor.CodeLength * RecordingDigests.MaxCount];
        for (var round = 0; round < Many; round++)
        {
            var count = random.Next(2, 513);
            var time = Enumerable.Range(0, count).Select(static i => (uint)i * 10_000).ToArray();
            float[] Axis() => [.. Enumerable.Range(0, count).Select(_ => float.IsFinite(BitConverter.Int32BitsToSingle(random.Next())) ? (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-40, 39))) : float.MaxValue)];
            Assert.InRange(RecordingDigests.Take(new SampleSeries(time, Axis(), Axis(), Axis()), codes), 0, RecordingDigests.MaxCount);
        }
    }

    [Fact]
    public void Hardly_any_two_people_share_two_digests()
    {
        var codes = PersonTraces.MakeLively(305, 3 * Many).Select(trace => trace.Codes().Distinct(StringComparer.Ordinal)).ToList();
        var byCode = codes.SelectMany((own, person) => own.Select(code => (code, person))).ToLookup(pair => pair.code, pair => pair.person, StringComparer.Ordinal);
        var shared = new Dictionary<(int, int), int>();
        foreach (var people in byCode.Select(people => people.Order().ToArray()))
        {
            foreach (var pair in people.SelectMany((first, i) => people[(i + 1)..].Select(second => (first, second))))
            {
                shared[pair] = shared.GetValueOrDefault(pair) + 1;
            }
        }

        output.WriteLine($"{shared.Count} pairs share one digest, {shared.Count(pair => pair.Value > 1)} more than one");

        // At most one pair in a million, of 4.5 million.
        Assert.InRange(shared.Values.Count(count => count > 1), 0, 4);
    }

    [Fact]
    public void A_phone_on_a_table_has_no_digests() =>
        Assert.All(TableTraces.Make(306, 300), trace => Assert.Empty(trace.Codes()));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    public void Too_few_samples_have_no_digests(int count) =>
        Assert.Empty(MotionTrace.Of(count, 20_000, static i => new Vector3(5 * MathF.Sin(i), 0, 9.81f)).Codes());

    [Theory]
    [InlineData(1u)]
    [InlineData(100u)]
    [InlineData(2_500u)]
    [InlineData(7_000u)]
    [InlineData(1_000_000u)]
    [InlineData(4_000_000u)]
    public void Any_rate_and_any_length_can_be_read(uint interval)
    {
        for (var count = 1; count <= IntakeLimits.MaxMotionSamples; count += 7)
        {
            var random = new Random(count);
            var trace = MotionTrace.Of(count, interval, _ => Signals.Gauss3(random) * 1e18f);
            Assert.InRange(trace.Codes().Length, 0, RecordingDigests.MaxCount);
        }
    }

    [Fact]
    public void Times_of_the_players_own_do_not_hide_a_recording()
    {
        var random = new Random(307);
        var even = PersonTraces.Make(308, 400).Select(trace => trace.At(i => (uint)i * 20_000)).Where(trace => trace.IsKnownAs(trace)).ToList();
        Assert.True(even.Count > 100, $"{even.Count}");
        Assert.All(even, trace => Assert.True(trace.IsKnownAs(trace.At(i => ((uint)i * 20_100) + (uint)random.Next(3_000)))));
    }
}
