using System.Globalization;
using System.Numerics;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Simulation.Motion;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>Programs are told from people and from tables. Recordings of real people: <see cref="RecordedTraceTests"/>.</summary>
public sealed class MotionAnalysisTests(ITestOutputHelper output)
{
    private const int Many = 2_000;

    public static TheoryData<string> ProgramNames => [.. ProgramTraces.Names];

    [Fact]
    public void Of_phones_in_hands_at_most_one_in_two_hundred_is_taken_for_a_program() =>
        Assert.True(Flagged("people", PersonTraces.Make(101, Many)) <= 0.005);

    [Fact]
    public void Of_phones_on_tables_at_most_one_in_two_hundred_is_taken_for_a_program() =>
        Assert.True(Flagged("tables", TableTraces.Make(102, Many)) <= 0.005);

    [Theory]
    [MemberData(nameof(ProgramNames))]
    public void Of_what_a_program_makes_up_at_least_ninety_nine_in_a_hundred_is_found(string kind) =>
        Assert.True(Flagged(kind, ProgramTraces.Make(kind, 103, Many)) >= 0.99);

    [Fact]
    public void A_phone_on_a_table_is_still_and_one_in_a_hand_is_not()
    {
        var still = TableTraces.Make(104, 200).Count(IsStill);
        Assert.True(still > 150, $"{still}");
        Assert.True(PersonTraces.MakeLively(105, 200).All(trace => !IsStill(trace)));

        static bool IsStill(MotionTrace trace) => trace.Analyse().Criteria.HasFlag(MotionCriteria.Still);
    }

    [Fact]
    public void Noise_as_weak_as_a_sensors_own_is_no_proof()
    {
        var random = new Random(106);
        var trace = MotionTrace.Of(128, 20_000, _ => new Vector3(0, 0, 9.81f) + (0.05f * Signals.Gauss3(random)));
        Assert.False(trace.IsFlagged());
    }

    [Theory]
    [InlineData(31, MotionCriteria.None)]
    [InlineData(32, MotionCriteria.Judged | MotionCriteria.Periodic)]
    public void Too_few_samples_are_not_judged(int count, object expected)
    {
        var random = new Random(107);
        var trace = MotionTrace.Of(count, 20_000, i => new Vector3(MathF.Sin(i), MathF.Cos(i), 9.81f) + (0.01f * Signals.Gauss3(random)));
        Assert.Equal((MotionCriteria)expected, trace.Analyse().Criteria);
    }

    [Theory]
    [InlineData("gaussian", MotionCriteria.White)]
    [InlineData("random walk", MotionCriteria.RandomWalk)]
    [InlineData("sine with noise 0.02", MotionCriteria.Periodic)]
    [InlineData("loop", MotionCriteria.Periodic)]
    [InlineData("spline", MotionCriteria.Noiseless)]
    [InlineData("one axis alive", MotionCriteria.DeadAxis)]
    [InlineData("whole numbers", MotionCriteria.Coarse)]
    public void Each_criterion_finds_what_it_is_for(string kind, object expected)
    {
        var found = ProgramTraces.Make(kind, 108, 200).Count(trace => trace.Analyse().Criteria.HasFlag((MotionCriteria)expected));
        Assert.True(found >= 190, $"{found}");
    }

    [Fact]
    public void Noise_at_a_rate_at_which_people_look_like_noise_is_not_judged_as_such()
    {
        var random = new Random(109);
        var slow = MotionTrace.Of(128, 50_000, _ => new Vector3(0, 0, 9.81f) + Signals.Gauss3(random));
        Assert.False(slow.IsFlagged());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(100u)]
    public void Time_that_stands_still_or_races_is_noted_and_proves_nothing(uint interval)
    {
        var person = PersonTraces.MakeLively(110, 1).Single().At(i => (uint)i * interval);
        Assert.Equal(MotionCriteria.Judged | MotionCriteria.ImplausibleTime, person.Analyse().Criteria);
        Assert.False(person.IsFlagged());
    }

    [Fact]
    public void Time_that_runs_backwards_within_the_series_is_noted()
    {
        var person = PersonTraces.MakeLively(111, 1).Single().At(i => (uint)(i == 60 ? 1 : i) * 20_000);
        Assert.True(person.Analyse().Criteria.HasFlag(MotionCriteria.ImplausibleTime));
    }

    [Fact]
    public void Evenly_spaced_times_prove_nothing() =>
        Assert.True(Flagged("evenly spaced people", PersonTraces.Make(112, Many).Select(trace => trace.At(i => (uint)i * 20_000))) <= 0.005);

    [Fact]
    public void Sixteen_identical_samples_are_enough_for_a_constant() =>
        Assert.True(MotionTrace.Of(16, 20_000, static _ => new Vector3(0, 9.776f, 0.813f)).IsFlagged());

    [Theory]
    [InlineData(9.0, 0.9, 1)]
    [InlineData(5.0, 0.9, 1)]
    [InlineData(1.5, 0, 0.1)]
    [InlineData(20.0, 0, 0.1)]
    public void The_tremor_band_is_four_to_twelve_hertz(double hertz, double least, double most)
    {
        var trace = MotionTrace.Of(128, 20_000, i => new Vector3(0, 0, 9.81f + (0.2f * (float)Math.Sin(2 * Math.PI * hertz * i / 50))));
        Assert.InRange(trace.Analyse().TremorShare, least, most);
    }

    [Fact]
    public void Sampled_too_slowly_for_the_tremor_band_its_share_is_unknown() =>
        Assert.True(double.IsNaN(PersonTraces.MakeLively(113, 1).Single().At(i => (uint)i * 50_000).Analyse().TremorShare));

    private double Flagged(string name, IEnumerable<MotionTrace> traces)
    {
        var all = traces.ToList();
        var flagged = all.Count(trace => trace.IsFlagged());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {flagged} of {all.Count} flagged"));
        return (double)flagged / all.Count;
    }
}
