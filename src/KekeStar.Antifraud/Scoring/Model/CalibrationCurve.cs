namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>From log-odds to a probability that means what it says: an isotonic regression as straight lines between its points.</summary>
/// <remarks>
/// The regression: Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002. The
/// lines between the points make it continuous; it never falls.
/// </remarks>
/// <param name="scores">Log-odds, ascending, no two equal; at least one.</param>
/// <param name="probabilities">The probability at each, never falling, 0 … 1.</param>
internal sealed class CalibrationCurve(double[] scores, double[] probabilities)
{
    /// <summary>Log-odds of the points.</summary>
    public ReadOnlySpan<double> Scores => scores;

    /// <summary>Probabilities of the points.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    /// <summary>The probability at some log-odds; beyond the ends that of the end.</summary>
    public double Of(double score)
    {
        var place = scores.AsSpan().BinarySearch(score);
        if (place >= 0)
        {
            return probabilities[place];
        }

        var above = ~place;
        if (above == 0)
        {
            return probabilities[0];
        }

        if (above == scores.Length)
        {
            return probabilities[^1];
        }

        // Clamped: rounding must not carry it past its neighbours, or it would not be monotonic.
        var share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
        var low = probabilities[above - 1];
        var high = probabilities[above];
        return Math.Clamp(low + (share * (high - low)), low, high);
    }
}
