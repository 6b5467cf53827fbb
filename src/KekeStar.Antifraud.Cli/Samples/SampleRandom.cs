namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers on every machine and runtime, which
/// <see cref="Random"/> promises for no seed.
/// </summary>
/// <param name="seed">Any number.</param>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>True in one of <paramref name="outOf"/> cases.</summary>
    public bool OneIn(int outOf) => Between(1, outOf) == 1;

    /// <summary>One of the items.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> items) => items[Between(0, items.Length - 1)];
}
