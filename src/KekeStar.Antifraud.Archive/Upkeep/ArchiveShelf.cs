using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>One kind of rows with all that keeps its files, so that outcomes are treated as decisions are.</summary>
internal sealed class ArchiveShelf
{
    /// <summary>Keeps the files of a catalogue.</summary>
    public ArchiveShelf(ArchiveCatalog catalog, DuckDbEngine engine, TimeProvider time)
    {
        Catalog = catalog;
        Rewriter = new FileRewriter(catalog, engine, time);
        Merge = new HourMerge(catalog, Rewriter, time);
        Removal = new RecordRemoval(catalog, engine, Rewriter);
    }

    /// <summary>Which files there are.</summary>
    public ArchiveCatalog Catalog { get; }

    /// <summary>Puts files in the place of others.</summary>
    public FileRewriter Rewriter { get; }

    /// <summary>Makes few files of many.</summary>
    public HourMerge Merge { get; }

    /// <summary>Does what rights ask.</summary>
    public RecordRemoval Removal { get; }
}
