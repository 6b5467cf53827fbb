using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>Random choices from a seed; the same seed gives the same ones on every machine.</summary>
/// <param name="seed">The seed.</param>
internal sealed class GeneratedNumbers(ulong seed)
{
    private const double Resolution = 1.0 / (1UL << 53);

    private ulong _state = SplitMix64.Mix(seed);

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => SplitMix64.Mix(_state++);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => SplitMix64.Below(Next(), bound);

    /// <summary>A number from 0 up to 1.</summary>
    public double Share() => (Next() >> 11) * Resolution;

    /// <summary>True in so many cases of one.</summary>
    public bool In(double share) => Share() < share;

    /// <summary>A number with a long tail: its logarithm is normally distributed (Box and Muller, 1958).</summary>
    /// <param name="median">Half of the numbers are below.</param>
    /// <param name="spread">Standard deviation of the natural logarithm.</param>
    public double LogNormal(double median, double spread) =>
        median * Math.Exp(spread * Math.Sqrt(-2 * Math.Log(1 - Share())) * Math.Cos(2 * Math.PI * Share()));

    /// <summary>The pseudonym of a generated entity: 64 bits that are never 0.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="number">Its number among its kind.</param>
    public static ulong Pseudonym(ulong seed, GeneratedKind kind, long number) =>
        SplitMix64.Mix(SplitMix64.Mix(seed ^ ((ulong)kind << 56)) ^ (ulong)number) | 1;
}
