namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>The decision archive's state at a moment.</summary>
/// <param name="IsAvailable">True while it can write.</param>
/// <param name="Files">Its files of records.</param>
/// <param name="Bytes">Bytes of all its files.</param>
/// <param name="Queued">Records that wait for it.</param>
/// <param name="Missing">Decisions that have no record, because it was too slow or could not write; since the dashboard's start.</param>
internal sealed record ArchiveFacts(bool IsAvailable, int Files, long Bytes, int Queued, long Missing);
