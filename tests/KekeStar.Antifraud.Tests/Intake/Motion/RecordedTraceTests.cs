using System.Globalization;
using System.Numerics;
using KekeStar.Antifraud.Simulation.Motion;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>
/// Recordings of real people, where the environment variable KEKESTAR_MOTION_TRACES names a folder of them; docs/motion.md
/// says how it is filled. It holds the folders "tuning" and "held-out", by person, and in each one file a recording: a
/// header, then lines of time_us,x,y,z in m/s² and, if there is a gyroscope, gx,gy,gz in rad/s.
/// </summary>
public sealed class RecordedTraceTests(ITestOutputHelper output)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable(RecordedTraceTheoryAttribute.Variable);

    public static TheoryData<string> Splits => ["tuning", "held-out"];

    [RecordedTraceTheory]
    [MemberData(nameof(Splits))]
    public void At_most_one_in_two_hundred_is_taken_for_a_program(string split)
    {
        var traces = Read(split);
        var flagged = traces.Count(trace => trace.IsFlagged());
        var contradicted = traces.Count(trace => trace.IsContradicted() == true);
        var told = traces.Count(trace => trace.IsContradicted() is not null);
        Say($"{split}: {flagged} of {traces.Count} flagged; gyroscope contradicts {contradicted} of {told}");
        Assert.True(flagged <= 0.005 * traces.Count);
        Assert.True(contradicted <= 0.005 * traces.Count);
    }

    [RecordedTraceTheory]
    [MemberData(nameof(Splits))]
    public void Played_again_they_are_known(string split)
    {
        var traces = Read(split).Where(trace => trace.IsKnownAs(trace)).ToList();
        foreach (var (kept, noise, least) in (ReadOnlySpan<(double, double, double)>)
            [(1, 0, 1), (1, 0.02, 0.98), (0.9, 0.02, 0.96), (0.75, 0.02, 0.93), (0.9, 0.05, 0.92), (0.75, 0.05, 0.82)])
        {
            var random = new Random(401);
            var known = traces.Count(trace => trace.IsKnownAs(trace.Replay(random, kept, noise)));
            Say($"{split}: {kept:P0} kept, noise {noise}: {known} of {traces.Count} known again, {(double)known / traces.Count:P1}");
            Assert.True(known >= least * traces.Count);
        }
    }

    private static List<MotionTrace> Read(string split) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder!, split), "*.csv").Order(StringComparer.Ordinal).Select(ReadFile)];

    private static MotionTrace ReadFile(string path)
    {
        var rows = File.ReadLines(path).Skip(1)
            .Select(line => line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        return new MotionTrace(
            [.. rows.Select(row => (uint)row[0])],
            [.. rows.Select(row => new Vector3(row[1], row[2], row[3]))],
            rows[0].Length >= 7 ? [.. rows.Select(row => new Vector3(row[4], row[5], row[6]))] : null);
    }

    private void Say(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
}
