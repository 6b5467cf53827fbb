using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Rights;

namespace KekeStar.Antifraud.Dashboard.Rights;

/// <summary>
/// The requests of the people behind the accounts, with their state. Nothing is kept for this: the audit log says what was asked and what
/// became of it, whoever asked and by which way.
/// </summary>
/// <param name="options">Where the audit log lies.</param>
internal sealed class RightsRequests(AuditOptions options)
{
    /// <summary>Most requests that are told: 200, the newest.</summary>
    public const int Most = 200;

    /// <summary>Files of the audit log that are read: 2, this month's and the one before. What is older is on the page of the audit log.</summary>
    public const int Months = 2;

    private static readonly string[] Actions =
    [
        AuditActionName.Of(AuditAction.EraseAccount),
        AuditActionName.Of(AuditAction.ExportAccount),
        AuditActionName.Of(AuditAction.WithdrawConsent),
        AuditActionName.Of(AuditAction.CorrectOutcome),
    ];

    private static readonly string Started = AuditActionName.Of(AuditAction.ServiceStarted);

    private readonly Lock _lock = new();
    private IReadOnlyList<RightsRequest> _requests = [];
    private (string Newest, long Bytes) _read = ("", -1);

    /// <summary>Reads them, the newest first. Reads no file again that has not grown.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public IReadOnlyList<RightsRequest> Read()
    {
        lock (_lock)
        {
            // Lines are only ever added, so the length tells. Taken before reading: what comes meanwhile is read the next time.
            List<AuditFile> files = [.. AuditDirectory.Files(options.Directory).TakeLast(Months)];
            var found = (files is [] ? "" : files[^1].Path, files.Sum(static file => new FileInfo(file.Path).Length));
            if (_read != found)
            {
                _requests = Read(files);
                _read = found;
            }

            return _requests;
        }
    }

    private static IReadOnlyList<RightsRequest> Read(List<AuditFile> files)
    {
        var requests = new Dictionary<string, RightsRequest>(StringComparer.Ordinal);
        foreach (var line in files.SelectMany(static file => Lines(file)))
        {
            if (line.Action == Started)
            {
                // Whatever was under way ended with the process before.
                foreach (var cut in requests.Values.Where(static request => request.State == RightsState.Running).ToList())
                {
                    requests[cut.ReceiptId] = cut with { State = RightsState.Interrupted, Left = RightsLeft.All };
                }
            }
            else
            {
                // Of what was asked before the files that are read the end alone is there.
                requests[line.ReceiptId] = After(
                    requests.GetValueOrDefault(line.ReceiptId)
                        ?? new RightsRequest(line.Time, line.Action, line.Caller, line.Purpose, line.Subject, Word(line, "categories"), line.ReceiptId),
                    line);
            }
        }

        // In the order of the log, which a clock that is set back does not change.
        return [.. MadeGood(requests.Values.Reverse()).Take(Most)];
    }

    private static List<AuditLine> Lines(AuditFile file)
    {
        var lines = new List<AuditLine>();
        using var scanner = new LineScanner(file.Path);
        while (scanner.Read())
        {
            if (scanner.IsWhole && AuditLine.TryParse(scanner.Line) is { } line && (line.Action == Started || Actions.Contains(line.Action, StringComparer.Ordinal)))
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static RightsRequest After(RightsRequest request, AuditLine line) => request with
    {
        State = Word(line, "state") switch
        {
            "done" => RightsState.Done,
            "full" => RightsState.Full,
            "store_failed" => RightsState.Failed,
            _ => request.State,
        },
        Left = Word(line, "left"),
        Records = line.Details.Number("records") ?? 0,
        Logs = line.Details.Number("logs") ?? 0,
        ListEntries = line.Details.Number("list_entries_removed") ?? 0,
    };

    // From the newest on: what was done later for the same account needs nobody any more.
    private static IEnumerable<RightsRequest> MadeGood(IEnumerable<RightsRequest> requests)
    {
        var done = new HashSet<(string Action, string Subject, string Categories)>();
        foreach (var request in requests)
        {
            var what = (request.Action, request.Subject, request.Categories);
            if (request.State == RightsState.Done)
            {
                done.Add(what);
            }

            yield return request.IsToBeRepeated && done.Contains(what) ? request with { State = RightsState.MadeGood, Left = "" } : request;
        }
    }

    private static string Word(AuditLine line, string detail) => line.Details.Values.TryGetValue(detail, out var value) ? value.Trim('"') : "";
}
