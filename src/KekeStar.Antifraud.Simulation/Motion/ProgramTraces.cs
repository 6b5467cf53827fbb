using System.Numerics;

namespace KekeStar.Antifraud.Simulation.Motion;

/// <summary>Recordings that a program makes up.</summary>
internal static class ProgramTraces
{
    private static readonly Vector3 Gravity = new(0, 0, 9.81f);

    private static readonly Dictionary<string, Func<Random, MotionTrace>> Kinds = new(StringComparer.Ordinal)
    {
        // The default of Android's emulator is such a constant.
        ["constant"] = static random => Make(random, _ => new Vector3(0, 9.776f, 0.813f)),
        ["zero"] = static random => Make(random, static _ => Vector3.Zero),
        ["gaussian"] = static random => Noise(random, Signals.Gauss3),
        ["gaussian without gravity"] = static random => Make(random, _ => Signals.Gauss3(random)),
        ["uniform"] = static random => Noise(random, static random =>
            new Vector3((float)random.Between(-1.7, 1.7), (float)random.Between(-1.7, 1.7), (float)random.Between(-1.7, 1.7))),
        ["sine"] = static random => Sine(random, noise: 0),
        ["sine with noise 0.02"] = static random => Sine(random, noise: 0.02f),
        ["sine with noise 0.05"] = static random => Sine(random, noise: 0.05f),
        ["slow sine"] = static random => Sine(random, noise: 0, slowest: 0.1, fastest: 1),
        ["sawtooth"] = static random => Sawtooth(random, noise: 0),
        ["sawtooth with noise 0.02"] = static random => Sawtooth(random, noise: 0.02f),
        ["random walk"] = static random => Walk(random),
        ["loop"] = static random => Loop(random, noise: 0),
        ["loop with noise 0.02"] = static random => Loop(random, noise: 0.02f),
        ["spline"] = static random => Spline(random),
        ["one axis alive"] = static random => OneAxis(random),
        ["whole numbers"] = static random => Whole(random),
    };

    /// <summary>Names of the kinds.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    public static IEnumerable<MotionTrace> Make(string kind, int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Kinds[kind](random));
    }

    private static MotionTrace Make(Random random, Func<double, Vector3> value)
    {
        var interval = random.Of(10_000u, 20_000u);
        return MotionTrace.Of(PersonTraces.Samples, interval, i => value(i * interval / 1e6));
    }

    private static MotionTrace Noise(Random random, Func<Random, Vector3> noise)
    {
        var size = (float)random.Between(0.2, 2);
        return Make(random, _ => Gravity + (size * noise(random)));
    }

    private static MotionTrace Sine(Random random, float noise, double slowest = 2, double fastest = 10)
    {
        var hertz = random.Between(slowest, fastest);
        var phases = Signals.Gauss3(random) * 3;
        var size = (float)random.Between(0.5, 3);
        return Make(random, seconds => Gravity + (noise * Signals.Gauss3(random)) + (size * new Vector3(
            (float)Math.Sin((2 * Math.PI * hertz * seconds) + phases.X),
            (float)Math.Sin((2 * Math.PI * hertz * seconds) + phases.Y),
            (float)Math.Sin((2 * Math.PI * hertz * seconds) + phases.Z))));
    }

    private static MotionTrace Sawtooth(Random random, float noise)
    {
        var hertz = random.Between(2, 10);
        var size = (float)random.Between(0.5, 3);
        return Make(random, seconds => Gravity + (noise * Signals.Gauss3(random)) + (size * new Vector3(
            (float)(hertz * seconds % 1), (float)(((hertz * seconds) + 0.3) % 1), (float)(((hertz * seconds) + 0.6) % 1))));
    }

    private static MotionTrace Walk(Random random)
    {
        var size = (float)random.Between(0.05, 0.5);
        var at = Gravity;
        return Make(random, _ => at += size * Signals.Gauss3(random));
    }

    private static MotionTrace Loop(Random random, float noise)
    {
        var length = random.Next(10, 50);
        var person = Signals.Band3(random, 0.5, 8);
        var size = (float)random.Between(0.3, 2);
        var interval = random.Of(10_000u, 20_000u);
        return MotionTrace.Of(
            PersonTraces.Samples, interval, i => Gravity + (noise * Signals.Gauss3(random)) + (size * person(i % length * interval / 1e6)));
    }

    // Smooth through random points, as animations are.
    private static MotionTrace Spline(Random random)
    {
        var points = Enumerable.Range(0, 16).Select(_ => Signals.Gauss3(random)).ToArray();
        return Make(random, seconds =>
        {
            var at = seconds * 5;
            var i = (int)at;
            return Gravity + CatmullRom(points[i], points[i + 1], points[i + 2], points[i + 3], (float)(at - i));
        });
    }

    private static Vector3 CatmullRom(Vector3 before, Vector3 from, Vector3 to, Vector3 after, float part) => 0.5f * (
        (2 * from) + ((to - before) * part) + (((2 * before) - (5 * from) + (4 * to) - after) * part * part)
        + (((3 * from) - before - (3 * to) + after) * part * part * part));

    private static MotionTrace OneAxis(Random random)
    {
        var person = Signals.Band(random, 0.5, 8);
        return Make(random, seconds => Gravity + new Vector3((float)(person(seconds) + (0.02 * Signals.Gauss(random))), 0, 0));
    }

    private static MotionTrace Whole(Random random)
    {
        var person = Signals.Band3(random, 5, 20);
        return Make(random, seconds => Signals.Quantise(Gravity + (4 * person(seconds)), 1));
    }
}
