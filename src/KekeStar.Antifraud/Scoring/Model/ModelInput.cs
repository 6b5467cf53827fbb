namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>One input of a model.</summary>
/// <param name="Number">The feature or scene, see <see cref="ModelInputs"/>.</param>
/// <param name="Edges">Where the bins of its values meet, ascending: a bin holds what is above its lower edge up to its upper one. Empty: not told.</param>
/// <param name="Shares">Share of the training events in each bin, one more than edges; empty: not told.</param>
internal sealed record ModelInput(int Number, float[] Edges, double[] Shares)
{
    /// <summary>The bin that a value lies in, 0 … number of edges.</summary>
    public int BinOf(float value)
    {
        var place = Edges.AsSpan().BinarySearch(value);
        return place < 0 ? ~place : place;
    }
}
