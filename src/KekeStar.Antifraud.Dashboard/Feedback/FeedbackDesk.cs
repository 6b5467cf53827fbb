using System.Globalization;
using System.Security.Claims;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Feedback;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Archiving;

namespace KekeStar.Antifraud.Dashboard.Feedback;

/// <summary>What the page of feedback shows and does.</summary>
/// <param name="audit">Takes who marked how many decisions.</param>
/// <param name="time">The clock.</param>
/// <param name="source">The decisions and their marks.</param>
internal sealed class FeedbackDesk(AuditLog audit, TimeProvider time, OptionalArchive source)
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', ';', '，', '；'];

    /// <summary>True if decisions are kept.</summary>
    public bool HasArchive => source.Archive is not null;

    /// <summary>The marks, the one that was set last first.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public IReadOnlyList<FeedbackEntry> Entries => source.Feedback?.Entries ?? [];

    /// <summary>Marks decisions.</summary>
    /// <param name="user">Who does it.</param>
    /// <param name="decisions">Their ids, as the pages of decisions show them: 16 hexadecimal digits, or the place in the list with its time before.</param>
    /// <param name="mark">The mark; None takes marks back.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    public async Task<FeedbackResult> MarkAsync(ClaimsPrincipal user, string decisions, FeedbackMark mark, CancellationToken cancellation)
    {
        AccessTable.GiveFeedback.Demand(user);
        var words = decisions.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (words.Count is 0 or > ArchiveLimits.MaxMarks)
        {
            return new FeedbackResult(words.Count == 0 ? FeedbackStatus.Nothing : FeedbackStatus.TooMany);
        }

        if (source is not { Archive: { } archive, Feedback: { } book })
        {
            return new FeedbackResult(FeedbackStatus.Unavailable);
        }

        var named = words.ToDictionary(static word => word, static word => TryParse(word), StringComparer.OrdinalIgnoreCase);
        var (from, to) = RangeOf([.. named.Values]);
        long[] ids = [.. named.Values.OfType<DecisionCursor>().Select(static place => place.Decision).Distinct()];
        var found = await archive.FindAsync(ids, from, to, cancellation);
        if (!found.IsAnswered)
        {
            return new FeedbackResult(FeedbackStatus.Unavailable);
        }

        var known = found.Value.Select(static decision => decision.Row.Decision).ToHashSet();
        var entries = found.Value.Where(decision => FeedbackMarks.Fits(mark, decision.Row.Verdict)).Select(decision => EntryOf(decision, mark, user)).ToList();
        return new FeedbackResult(await WriteAsync(user, book, entries, mark))
        {
            Marked = entries.Count,
            Unknown = [.. named.Where(pair => pair.Value is not { } place || !known.Contains(place.Decision)).Select(static pair => pair.Key)],
            Unfit = found.Value.Count - entries.Count,
        };
    }

    private static DecisionCursor? TryParse(string word)
    {
        if (DecisionCursor.TryParse(word, out var place))
        {
            return place;
        }

        return word.Length == 16 && ulong.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? new DecisionCursor(DateTimeOffset.MinValue, unchecked((long)id))
            : null;
    }

    // Where every id says its time, no other hours are read.
    private (DateTimeOffset From, DateTimeOffset To) RangeOf(IReadOnlyList<DecisionCursor?> places)
    {
        var times = places.OfType<DecisionCursor>().Select(static place => place.Time).ToList();
        return times.Count > 0 && times.Min() > DateTimeOffset.MinValue
            ? (times.Min(), times.Max().AddMilliseconds(1))
            : (time.GetUtcNow().AddDays(-ArchiveLimits.MaxRetentionDays - 1), time.GetUtcNow().AddDays(1));
    }

    private FeedbackEntry EntryOf(NamedDecision decision, FeedbackMark mark, ClaimsPrincipal user) => new()
    {
        Decision = decision.Row.Decision,
        Mark = mark,
        By = user.CallerOf(),
        At = time.GetUtcNow(),
        DecidedAt = decision.Row.Time,
        Scene = decision.Row.Scene,
        Verdict = decision.Row.Verdict,
        Score = decision.Row.Score,
        Rules = decision.Row.Rules,
        ShadowRules = decision.Row.ShadowRules,
        Account = decision.Row.Account,
        OtherAccount = decision.OtherAccount,
    };

    private async Task<FeedbackStatus> WriteAsync(ClaimsPrincipal user, FeedbackBook book, List<FeedbackEntry> entries, FeedbackMark mark)
    {
        if (entries.Count == 0)
        {
            return FeedbackStatus.Done;
        }

        var entry = new AuditEntry
        {
            Action = AuditAction.FeedbackGiven,
            Caller = user.CallerOf(),
            Purpose = "feedback",
            Details = new AuditDetails().Add("mark", FeedbackMarks.NameOf(mark)).Add("decisions", entries.Count),
        };
        if (await audit.AppendAsync(entry, CancellationToken.None) is null)
        {
            return FeedbackStatus.Unavailable;
        }

        try
        {
            return book.Add(entries) ? FeedbackStatus.Done : FeedbackStatus.Full;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return FeedbackStatus.Unavailable;
        }
    }
}
