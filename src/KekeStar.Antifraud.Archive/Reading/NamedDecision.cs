namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>A decision that somebody named.</summary>
/// <param name="Row">The decision.</param>
/// <param name="OtherAccount">First 64 bits of the account's pseudonym under the other key epoch; null: none.</param>
internal sealed record NamedDecision(DecisionRow Row, long? OtherAccount);
