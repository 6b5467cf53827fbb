using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>An account's rows.</summary>
/// <param name="Status">Ok, or why they could not be read.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Retention">How long a row lives.</param>
/// <param name="Rows">The newest of them, newest first.</param>
internal sealed record RecordExtractAnswer(StoreStatus Status, long Total, TimeSpan Retention, IReadOnlyList<ExtractedRecord> Rows);
