namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>A page of decisions, newest first.</summary>
/// <param name="Rows">The decisions.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
internal sealed record DecisionPage(IReadOnlyList<DecisionRow> Rows, DecisionCursor? Next);
