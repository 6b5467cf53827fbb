using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Archive.Upkeep;

/// <summary>
/// Takes an account's rows out of every file, or empties in them what consent was withdrawn for. Files that hold none of them are
/// not touched; the others are written anew, and the old ones are gone before the answer is given.
/// </summary>
internal sealed class RecordRemoval
{
    private readonly ArchiveCatalog _catalog;
    private readonly DuckDbEngine _engine;
    private readonly FileRewriter _rewriter;

    /// <summary>Removes from files of a catalogue.</summary>
    public RecordRemoval(ArchiveCatalog catalog, DuckDbEngine engine, FileRewriter rewriter)
    {
        _catalog = catalog;
        _engine = engine;
        _rewriter = rewriter;
    }

    /// <summary>Carries out what is asked.</summary>
    /// <returns>Ok with the rows and files that were changed, or that a file is still being read.</returns>
    /// <exception cref="IOException">The disk did not take it.</exception>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">A file could not be read or written.</exception>
    public Task<RightsResult> RemoveAsync(RecordErasure erasure, CancellationToken cancellation) =>
        RemoveAsync(Condition(erasure), erasure.Withdrawn, cancellation);

    /// <summary>Takes a reported outcome out.</summary>
    /// <returns>As of an erasure.</returns>
    /// <exception cref="IOException">The disk did not take it.</exception>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">A file could not be read or written.</exception>
    public Task<RightsResult> RemoveAsync(OutcomeRetraction retraction, CancellationToken cancellation) => RemoveAsync(
        $"(decision = {Number(retraction.Decision)} AND outcome = {DuckDbEngine.Quote(ContractWords.Outcomes[(int)retraction.Outcome])})",
        withdrawn: null,
        cancellation);

    private async Task<RightsResult> RemoveAsync(string condition, WithdrawnDetails? withdrawn, CancellationToken cancellation)
    {
        var rows = 0L;
        var changed = new List<ArchiveFile>();
        foreach (var hour in _catalog.Hours())
        {
            var files = _catalog.FilesOf(hour);
            if (files.Length == 0)
            {
                continue;
            }

            foreach (var (path, count) in Find(files, condition, withdrawn))
            {
                cancellation.ThrowIfCancellationRequested();
                var file = files.First(file => string.Equals(file.RecordsPath, path, StringComparison.Ordinal));
                _rewriter.Rewrite([file], records => Query(records, condition, withdrawn));
                changed.Add(file);
                rows += count;
            }
        }

        var isGone = await _catalog.WhenGoneAsync(changed, ArchiveLimits.ReleaseTime, cancellation);
        return new RightsResult(isGone ? StoreStatus.Ok : StoreStatus.Timeout, rows, changed.Count);
    }

    // Numbers of this process's own making, so they stand in the text: what DuckDB copies takes no parameters.
    private static string Condition(RecordErasure erasure)
    {
        var account = Number(erasure.Account);
        var decisions = erasure.Decisions.Count == 0 ? "false" : $"decision IN ({string.Join(", ", erasure.Decisions.Select(Number))})";
        return $"(coalesce(account = {account}, false) OR coalesce(other_account = {account}, false) OR {decisions})";
    }

    private static string Number(ulong pseudonym) => unchecked((long)pseudonym).ToString(CultureInfo.InvariantCulture);

    private string Query(string records, string condition, WithdrawnDetails? withdrawn)
    {
        if (withdrawn is null)
        {
            return $"SELECT * FROM {records} WHERE NOT {condition}";
        }

        var replaced = Emptied(withdrawn).Select(column => $"CASE WHEN {condition} THEN {column.Value} ELSE {column.Name} END AS {column.Name}");
        return $"SELECT * REPLACE ({string.Join(", ", replaced)}) FROM {records}";
    }

    // What was emptied before is not found again, so that a right may be called twice.
    private string Remains(WithdrawnDetails? withdrawn) => withdrawn is null
        ? ""
        : $" AND ({string.Join(" OR ", Emptied(withdrawn).Select(static column => $"{column.Name} IS DISTINCT FROM {column.Value}"))})";

    private IEnumerable<(string Name, string Value)> Emptied(WithdrawnDetails withdrawn)
    {
        yield return ("entities", "NULL::BLOB");
        if (withdrawn.Device)
        {
            yield return ("device", "NULL::BIGINT");
        }

        if (_catalog.Kind == ArchiveKind.Outcomes)
        {
            // It has 32 bits of all entities in it.
            yield return ("context", "NULL::BIGINT");
            yield break;
        }

        yield return ("features", "NULL::BLOB");

        if (withdrawn.Bssid)
        {
            yield return ("bssid", "NULL::BIGINT");
        }

        if (withdrawn.Cohort)
        {
            yield return ("cohort", "NULL::BIGINT");
        }

        if (withdrawn.Labels.Count > 0)
        {
            var labels = string.Join(", ", withdrawn.Labels.Select(DuckDbEngine.Quote));
            yield return ("labels", $"list_filter(labels, lambda label: label NOT IN ({labels}))");
        }
    }

    private List<(string Path, long Count)> Find(ArchiveFile[] files, string condition, WithdrawnDetails? withdrawn) => _engine.Query(
        $"""
        SELECT filename, count(*) FROM {DuckDbEngine.Read(files.Select(static file => file.RecordsPath), ", filename = true")}
        WHERE {condition}{Remains(withdrawn)} GROUP BY filename
        """,
        static reader => (reader.GetString(0), reader.GetInt64(1)));
}
