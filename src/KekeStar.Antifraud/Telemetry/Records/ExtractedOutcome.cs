namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>One reported outcome of an account.</summary>
/// <param name="Time">When it was reported.</param>
/// <param name="KeyEpoch">The epoch of its pseudonyms.</param>
/// <param name="Outcome">The outcome's name.</param>
/// <param name="OutcomeTime">When it happened.</param>
internal sealed record ExtractedOutcome(DateTimeOffset Time, int KeyEpoch, string Outcome, DateTimeOffset OutcomeTime);
