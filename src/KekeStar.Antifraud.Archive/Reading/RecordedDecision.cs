using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>A decision with the features that it rests on, so that it can be decided anew.</summary>
/// <param name="Row">The decision.</param>
/// <param name="Blob">Its features, see <see cref="FeatureBlob"/>; empty once they were erased.</param>
/// <param name="Reader">Reads the blob.</param>
internal sealed record RecordedDecision(DecisionRow Row, ReadOnlyMemory<byte> Blob, RecordedFeatures Reader);

/// <summary>Some of them, newest first.</summary>
/// <param name="Decisions">The decisions.</param>
/// <param name="Next">Where the next page begins; null: there is none.</param>
internal sealed record RecordedPage(IReadOnlyList<RecordedDecision> Decisions, DecisionCursor? Next);
