using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// Makes few files of many: of the hour under way when it has <see cref="ArchiveLimits.MergeFilesAt"/>, of an hour that is over one
/// for good. The records stay in the order in which they were written, so a group of rows spans little time.
/// </summary>
internal sealed class HourMerge
{
    private readonly ArchiveCatalog _catalog;
    private readonly FileRewriter _rewriter;
    private readonly TimeProvider _time;

    /// <summary>Merges files of a catalogue.</summary>
    public HourMerge(ArchiveCatalog catalog, FileRewriter rewriter, TimeProvider time)
    {
        _catalog = catalog;
        _rewriter = rewriter;
        _time = time;
    }

    /// <summary>Merges what is to be merged in one hour, the earliest first.</summary>
    /// <returns>True if there was something; there may be more.</returns>
    public bool MergeNext() => Array.Exists(_catalog.Hours(), Merge);

    /// <summary>Merges what is to be merged of an hour.</summary>
    /// <returns>True if there was something.</returns>
    public bool Merge(ArchiveHour hour)
    {
        var isOver = _time.GetUtcNow() >= hour.End + ArchiveLimits.MergeDelay;
        foreach (var files in _catalog.FilesOf(hour).GroupBy(static file => file.Catalogue, StringComparer.Ordinal))
        {
            // Within the hour only those that are not merged yet: else each merge would write all that was before once more.
            ArchiveFile[] candidates = [.. files.Where(file => isOver || !file.IsMerged)];
            if (isOver ? IsScattered(candidates) : candidates.Length >= ArchiveLimits.MergeFilesAt)
            {
                _rewriter.Rewrite(candidates, static records => $"SELECT * FROM {records}");
                return true;
            }
        }

        return false;
    }

    // One part alone is rewritten too: what the writer writes is compressed for speed.
    private static bool IsScattered(ArchiveFile[] files) => files.Length > 1 || files is [{ IsMerged: false }];
}
