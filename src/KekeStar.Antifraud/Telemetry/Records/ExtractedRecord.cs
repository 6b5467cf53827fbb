namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>One row of an account.</summary>
/// <param name="Time">When it was decided.</param>
/// <param name="KeyEpoch">The epoch of its pseudonyms.</param>
/// <param name="Scene">The scene's name.</param>
/// <param name="Verdict">The verdict's name.</param>
/// <param name="Score">The score.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Rules">The rules that fired.</param>
/// <param name="Feedback">What a person found out about it, such as <c>false_positive</c>; null: nothing.</param>
internal sealed record ExtractedRecord(
    DateTimeOffset Time,
    int KeyEpoch,
    string Scene,
    string Verdict,
    int Score,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> Rules,
    string? Feedback)
{
    /// <summary>The country of the address, ISO 3166-1 alpha-2; null: unknown, or a data centre's.</summary>
    public string? Country { get; init; }
}
