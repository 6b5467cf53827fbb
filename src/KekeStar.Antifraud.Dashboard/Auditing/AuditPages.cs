using System.Security.Claims;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;

namespace KekeStar.Antifraud.Dashboard.Auditing;

/// <summary>Reads the audit log page by page, the newest lines first.</summary>
/// <param name="options">Where the log lies.</param>
internal sealed class AuditPages(AuditOptions options)
{
    /// <summary>Lines of a page: 50.</summary>
    public const int Size = 50;

    /// <summary>Furthest page back: 200. What lies further is for <c>antifraud audit show</c>, which reads the log once and not once for each page.</summary>
    public const int MaxPages = 200;

    /// <summary>Reads a page.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="page">Which page, from 0 to <see cref="MaxPages"/> - 1.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public AuditPage Read(AuditQuery query, int page)
    {
        var skip = Math.Clamp(page, 0, MaxPages - 1) * Size;

        // One more than the page holds tells that there is another page.
        var wanted = skip + Size + 1;
        var newest = new List<AuditLine>();
        foreach (var file in AuditDirectory.Files(options.Directory).Reverse())
        {
            newest.AddRange(ReadLast(file, query, wanted - newest.Count));
            if (newest.Count == wanted)
            {
                break;
            }
        }

        return new AuditPage([.. newest.Skip(skip).Take(Size)], newest.Count == wanted);
    }

    /// <summary>Checks the whole log.</summary>
    /// <param name="user">Who asks.</param>
    public Task<AuditVerification> VerifyAsync(ClaimsPrincipal user)
    {
        AccessTable.VerifyAudit.Demand(user);

        // Three years of log take a while; no thread of the pool waits for the disk.
        return Task.Factory.StartNew(() => AuditVerifier.Verify(options.Directory), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static IEnumerable<AuditLine> ReadLast(AuditFile file, AuditQuery query, int count)
    {
        var last = new Queue<AuditLine>();
        using var lines = new LineScanner(file.Path);
        while (lines.Read())
        {
            if (lines.IsWhole && AuditLine.TryParse(lines.Line) is { } line && query.Takes(line))
            {
                last.Enqueue(line);
                if (last.Count > count)
                {
                    last.Dequeue();
                }
            }
        }

        return last.Reverse();
    }
}
