using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Learning.Evaluation;

/// <summary>A share that was counted, with the interval in which the true one lies 95 times of 100 (Wilson, 1927).</summary>
/// <remarks>For independent events. Events of one account or one attack are not: the true intervals are wider.</remarks>
/// <param name="Hits">How many.</param>
/// <param name="Of">Of how many.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Proportion(int Hits, int Of)
{
    private const double Z = 1.959964;

    /// <summary>The share; NaN of none.</summary>
    public double Rate => Of == 0 ? double.NaN : (double)Hits / Of;

    /// <summary>Lower end of the interval.</summary>
    public double Low => Of == 0 ? 0 : Math.Max(0, Middle - HalfWidth);

    /// <summary>Upper end of the interval.</summary>
    public double High => Of == 0 ? 1 : Math.Min(1, Middle + HalfWidth);

    private double Scale => 1 + (Z * Z / Of);

    private double Middle => (Rate + (Z * Z / (2.0 * Of))) / Scale;

    private double HalfWidth => Z * Math.Sqrt((Rate * (1 - Rate) / Of) + (Z * Z / (4.0 * Of * Of))) / Scale;
}
