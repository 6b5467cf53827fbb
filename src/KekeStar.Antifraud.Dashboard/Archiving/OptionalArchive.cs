using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Dashboard.Archiving;

/// <summary>The decision archive, if this instance keeps one.</summary>
/// <param name="Archive">Answers questions; null: the archive is off.</param>
/// <param name="Feedback">The marks on decisions; null as the archive.</param>
internal sealed record OptionalArchive(DecisionArchive? Archive, FeedbackBook? Feedback);
