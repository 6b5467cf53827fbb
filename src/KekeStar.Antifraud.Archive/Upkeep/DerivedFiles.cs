using System.Globalization;
using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// What is made from a file of records so that questions need not read all of it: roll-ups, and the suspects, which are its rows with a
/// score of at least <see cref="ArchiveLimits.SuspectScore"/> once more, without their features. Both are made from the file
/// itself, so they always agree with it; where a file takes the place of others, its own take the place of theirs, erasure included.
/// </summary>
internal static class DerivedFiles
{
    /// <summary>Makes what a file has not yet.</summary>
    public static void Write(DuckDbEngine engine, ArchiveFile file)
    {
        var records = DuckDbEngine.Read([file.RecordsPath]);
        if (!file.HasRollUp)
        {
            file.Bytes += Write(engine, RollUps.Query(records), file.RollUpPath);
            file.HasRollUp = true;
        }

        if (!file.HasSuspects)
        {
            // The same columns as the records, so that both can be read as one table.
            file.Bytes += Write(
                engine,
                string.Create(CultureInfo.InvariantCulture, $"SELECT * REPLACE (NULL::BLOB AS features) FROM {records} WHERE score >= {ArchiveLimits.SuspectScore}"),
                file.SuspectsPath);
            file.HasSuspects = true;
        }
    }

    private static long Write(DuckDbEngine engine, string query, string path)
    {
        HiddenFile.MakeFolder(path);
        try
        {
            engine.Execute($"COPY ({query}) TO {DuckDbEngine.Quote(HiddenFile.Of(path))} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
            return HiddenFile.Publish(path);
        }
        catch
        {
            HiddenFile.Discard(path);
            throw;
        }
    }
}
