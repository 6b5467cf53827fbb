namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// The mixing function of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
/// OOPSLA 2014). Turns a request's number into its random choices, so that a number alone gives the request again.
/// </summary>
internal static class SplitMix64
{
    private const ulong Gamma = 0x9e37_79b9_7f4a_7c15;

    /// <summary>Gives the element of the sequence that follows <paramref name="state"/>.</summary>
    public static ulong Mix(ulong state)
    {
        ulong z = unchecked(state + Gamma);
        z = unchecked((z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9);
        z = unchecked((z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb);
        return z ^ (z >> 31);
    }

    /// <summary>Brings 64 random bits to 0 … <paramref name="bound"/> - 1.</summary>
    public static int Below(ulong random, int bound) => (int)Math.BigMul(random, (ulong)bound, out _);
}
