using System.Numerics;

namespace KekeStar.Antifraud.Simulation.Motion;

/// <summary>What the generated traces are made of.</summary>
internal static class Signals
{
    /// <summary>Standard normal numbers (Box and Muller 1958).</summary>
    public static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static Vector3 Gauss3(Random random) => new((float)Gauss(random), (float)Gauss(random), (float)Gauss(random));

    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    public static T Of<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Noise of standard deviation 1 between two frequencies, Hz, as a function of seconds.</summary>
    public static Func<double, double> Band(Random random, double low, double high)
    {
        const int Parts = 16;
        var parts = Enumerable.Range(0, Parts)
            .Select(_ => (Hertz: random.Between(low, high), Phase: random.Between(0, 2 * Math.PI), Size: Gauss(random)))
            .ToArray();
        return seconds => parts.Sum(part => part.Size * Math.Sin((2 * Math.PI * part.Hertz * seconds) + part.Phase))
            * Math.Sqrt(2.0 / Parts);
    }

    /// <summary>Such noise on three axes.</summary>
    public static Func<double, Vector3> Band3(Random random, double low, double high)
    {
        Func<double, double> x = Band(random, low, high), y = Band(random, low, high), z = Band(random, low, high);
        return seconds => new Vector3((float)x(seconds), (float)y(seconds), (float)z(seconds));
    }

    /// <summary>The nearest multiple of a sensor's step; 0: unchanged.</summary>
    public static Vector3 Quantise(Vector3 value, double step) => step == 0
        ? value
        : new Vector3(Quantise(value.X, step), Quantise(value.Y, step), Quantise(value.Z, step));

    private static float Quantise(float value, double step) => (float)(Math.Round(value / step) * step);
}
