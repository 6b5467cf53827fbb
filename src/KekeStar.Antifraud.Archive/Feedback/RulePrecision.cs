namespace KekeStar.Antifraud.Archive.Feedback;

/// <summary>What people found out about the decisions in which a rule fired.</summary>
/// <param name="Right">Decisions that were confirmed; of a shadow rule also those that were missed.</param>
/// <param name="Wrong">Decisions that were false positives.</param>
internal sealed record RulePrecision(int Right, int Wrong)
{
    /// <summary>Share of the marked decisions that were right, 0 … 1. Who marks chooses what he looks at: it is no estimate for all.</summary>
    public double Share => (double)Right / (Right + Wrong);
}
