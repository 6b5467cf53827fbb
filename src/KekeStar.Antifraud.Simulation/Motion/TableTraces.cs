using System.Numerics;

namespace KekeStar.Antifraud.Simulation.Motion;

/// <summary>Recordings of phones that lie on a table: gravity, the noise of several sensors in their steps, an error of scale.</summary>
internal static class TableTraces
{
    // Noise, m/s², and step, m/s². The last one's step is 64 to the g (Bosch BMA222E), five times its noise.
    private static readonly (double Noise, double Step)[] Sensors =
        [(0.004, 0.0006), (0.01, 0.0024), (0.015, 0), (0.02, 0.0096), (0.03, 0.0383), (0.05, 0.0024), (0.05, 0.1532)];

    public static IEnumerable<MotionTrace> Make(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ =>
        {
            var (noise, step) = random.Of(Sensors);
            var interval = random.Of(10_000u, 20_000u);
            var lies = Vector3.Normalize(new Vector3((float)random.Between(-0.1, 0.1), (float)random.Between(-0.1, 0.1), random.Of(1f, -1f)))
                * (float)random.Between(9.5, 10.1);
            return MotionTrace.Of(PersonTraces.Samples, interval, _ => Signals.Quantise(lies + (Signals.Gauss3(random) * (float)noise), step));
        });
    }
}
