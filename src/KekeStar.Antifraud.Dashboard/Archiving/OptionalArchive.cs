using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Dashboard.Archiving;

/// <summary>The decision archive, if this instance keeps one.</summary>
/// <param name="Archive">Answers questions; null: the archive is off.</param>
internal sealed record OptionalArchive(DecisionArchive? Archive);
