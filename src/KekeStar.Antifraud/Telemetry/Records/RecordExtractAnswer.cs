using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>An account's rows.</summary>
/// <param name="Status">Ok, or why they could not be read.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Retention">How long a row lives.</param>
/// <param name="Rows">The newest of them, newest first.</param>
internal sealed record RecordExtractAnswer(StoreStatus Status, long Total, TimeSpan Retention, IReadOnlyList<ExtractedRecord> Rows)
{
    /// <summary>How many reported outcomes of the account there are. Default: 0.</summary>
    public long OutcomeTotal { get; init; }

    /// <summary>The newest of them, newest first. Default: none.</summary>
    public IReadOnlyList<ExtractedOutcome> Outcomes { get; init; } = [];
}
