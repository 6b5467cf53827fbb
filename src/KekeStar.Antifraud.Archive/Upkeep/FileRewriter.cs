using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Writing;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// Puts one file in the place of others of the same hour. What happens when the process ends in the middle: before the new file
/// has its name, the old ones are the archive; after it, the new one says which files it replaces, and the next start removes them.
/// </summary>
internal sealed class FileRewriter
{
    private readonly ArchiveCatalog _catalog;
    private readonly DuckDbEngine _engine;
    private readonly TimeProvider _time;

    /// <summary>Rewrites files of a catalogue.</summary>
    public FileRewriter(ArchiveCatalog catalog, DuckDbEngine engine, TimeProvider time)
    {
        _catalog = catalog;
        _engine = engine;
        _time = time;
    }

    /// <summary>Puts one file in the place of others.</summary>
    /// <param name="files">The others: of one hour and one catalogue, in the order in which they were written.</param>
    /// <param name="query">What the new one holds, given what reads the old ones; columns and their order stay.</param>
    /// <returns>The new file; null: the query gave no rows, so the old ones just go.</returns>
    /// <exception cref="IOException">The disk did not take it.</exception>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">A file could not be read or written.</exception>
    public ArchiveFile? Rewrite(IReadOnlyList<ArchiveFile> files, Func<string, string> query)
    {
        var first = files[0];
        var replacement = ArchiveFile.New(_catalog.Root, first.Hour, first.Catalogue, isMerged: true, _time.GetUtcNow(), _catalog.Kind);
        var hidden = HiddenFile.Of(replacement.RecordsPath);
        HiddenFile.MakeFolder(replacement.RecordsPath);
        try
        {
            // A dictionary for every column, because DuckDB writes a Bloom filter for those alone that have one; but none of the blobs,
            // which would hold each of them once more in memory.

            // The files that went before these and are still being read would come back to life with a restart.
            var replaced = files.Concat(_catalog.RetiredOf(first.Hour)).Select(static file => file.Name);
            _engine.Execute(string.Create(CultureInfo.InvariantCulture, $$"""
                COPY ({{query(DuckDbEngine.Read(files.Select(static file => file.RecordsPath)))}})
                TO {{DuckDbEngine.Quote(hidden)}} (
                    FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {{ArchiveLimits.RowGroupRows}}, USE_TMP_FILE false,
                    DICTIONARY_SIZE_LIMIT {{ArchiveLimits.RowGroupRows}}, STRING_DICTIONARY_PAGE_SIZE_LIMIT {{ArchiveLimits.DictionaryTextBytes}},
                    KV_METADATA {
                        '{{RecordSchema.VersionKey}}': '{{RecordSchema.Version}}',
                        {{string.Concat(KeptKeys.Select(key => $"'{key}': {DuckDbEngine.Quote(Metadata(first, key))}, "))}}
                        '{{RecordSchema.ReplacesKey}}': {{DuckDbEngine.Quote(string.Join(',', replaced))}}
                    })
                """));
            if (CountRows(hidden) == 0)
            {
                HiddenFile.Discard(replacement.RecordsPath);
                _catalog.Replace(files.ToArray(), replacement: null);
                return null;
            }

            replacement.Bytes = HiddenFile.Publish(replacement.RecordsPath);
        }
        catch
        {
            HiddenFile.Discard(replacement.RecordsPath);
            throw;
        }

        try
        {
            DerivedFiles.Write(_engine, replacement);
        }
        catch
        {
            // Beside the old ones it would double every record.
            File.Delete(replacement.RecordsPath);
            throw;
        }

        _catalog.Replace(files.ToArray(), replacement);
        return replacement;
    }

    /// <summary>Reads one entry of a file's metadata; empty: it has none.</summary>
    public string Metadata(ArchiveFile file, string key) => _engine.Metadata(file.RecordsPath, key);

    private IReadOnlyList<string> KeptKeys =>
        _catalog.Kind == ArchiveKind.Records ? [RecordSchema.FeaturesKey, RecordSchema.SlotsKey] : [OutcomeSchema.KindsKey];

    private long CountRows(string path) =>
        _engine.Query($"SELECT count(*) FROM {DuckDbEngine.Read([path])}", static reader => reader.GetInt64(0))[0];
}
