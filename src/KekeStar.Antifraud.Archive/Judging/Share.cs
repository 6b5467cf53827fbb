using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Archive.Judging;

/// <summary>A share of counted things, with the interval that 95 of 100 such samples would hold the true one in.</summary>
/// <param name="Hits">How many are of the kind.</param>
/// <param name="Total">Of how many.</param>
/// <remarks>
/// Wilson's score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209–212. It
/// holds for few and for extreme shares, where the usual ± does not (Brown, Cai, DasGupta, Statistical Science 16 (2001), 101–133). It is for
/// independent things; events of one account or one attack are not: their true intervals are wider.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Share(long Hits, long Total)
{
    // The 97.5 % point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The share, 0 … 1; NaN: of nothing.</summary>
    public double Value => Total == 0 ? double.NaN : (double)Hits / Total;

    /// <summary>Lower end of the interval, 0 … 1; 0 where nothing was counted: then the true share may be any.</summary>
    public double Low => Hits == 0 ? 0 : Centre - HalfWidth;

    /// <summary>Upper end of the interval, 0 … 1; 1 where nothing was counted.</summary>
    public double High => Hits == Total ? 1 : Centre + HalfWidth;

    private double Scale => 1 + (Z * Z / Total);

    private double Centre => (Value + (Z * Z / (2.0 * Total))) / Scale;

    private double HalfWidth => Z * Math.Sqrt((Value * (1 - Value) / Total) + (Z * Z / (4.0 * Total * Total))) / Scale;
}
