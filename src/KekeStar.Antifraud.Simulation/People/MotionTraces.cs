using KekeStar.Antifraud.Simulation.Motion;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>Makes a recording for each moment; no two are the same.</summary>
internal static class MotionTraces
{
    // Cheap phones have no gyroscope.
    private const double HasGyroscope = 0.8;

    /// <summary>A phone in a hand.</summary>
    internal static MotionReading Held(Random random, int samples = PersonTraces.Samples)
    {
        var trace = PersonTraces.Make(random.Next(), 1, samples).First();
        return new MotionReading(trace.ToAccelerometer(), random.NextDouble() < HasGyroscope ? trace.ToGyroscope() : null);
    }

    /// <summary>A phone that lies on a table or stands in a rack.</summary>
    internal static MotionReading Still(Random random, int samples = PersonTraces.Samples) =>
        new(TableTraces.Make(random.Next(), 1).First().First(samples).ToAccelerometer());
}
