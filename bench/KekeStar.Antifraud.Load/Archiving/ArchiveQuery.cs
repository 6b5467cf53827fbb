using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>A question that a page of the dashboard asks.</summary>
/// <param name="Key">Name in JSON.</param>
/// <param name="Name">Name in the table.</param>
/// <param name="AskAsync">Asks it; each time for something else.</param>
internal sealed record ArchiveQuery(string Key, string Name, Func<DecisionArchive, ArchiveSamples, CancellationToken, Task<ArchiveQueryAnswer>> AskAsync)
{
    /// <summary>From this score on an event is suspicious: the lowest that the shipped policy challenges in most scenes.</summary>
    public const int Suspicious = 420;

    private const int PageRows = 50;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Gets all that <see cref="DecisionArchive"/> answers, as the pages ask it.</summary>
    public static IReadOnlyList<ArchiveQuery> All { get; } =
    [
        Search("search", "decisions, newest first, 7 d", static samples => samples.Last(Week)),
        Search("search-account", "of an account, 7 d", static samples => samples.Last(Week) with { Entities = [samples.Entity(ArchiveEntity.Account)] }),
        Search("search-stranger", "of an account that there is not, 7 d", static samples => samples.Last(Week) with { Entities = [samples.Stranger()] }),
        Search("search-device", "of a device, 7 d", static samples => samples.Last(Week) with { Entities = [samples.Entity(ArchiveEntity.Device)] }),
        Search("search-label", "with a frequent label, 7 d", static samples => samples.Last(Week) with { Label = samples.Label(isRare: false) }),
        Search("search-rare-label", "with the rarest label, 7 d", static samples => samples.Last(Week) with { Label = samples.Label(isRare: true) }),
        Search("search-verdict", "rejected, 7 d", static samples => samples.Last(Week) with { Verdict = "reject" }),
        Search("search-scene", "withdrawals with a score from 600, 7 d", static samples => samples.Last(Week) with { Scene = "withdraw", MinScore = 600 }),
        Search("search-degraded", "degraded, 7 d", static samples => samples.Last(Week) with { Degraded = true }),
        new("page", "a page far down, 7 d", static async (archive, samples, cancellation) =>
            Of(await archive.SearchAsync(samples.Last(Week), PageRows, samples.Cursor(), cancellation, DecisionParts.Line), static page => page.Rows.Count)),
        new("page-label", "a page far down of a frequent label, 7 d", static async (archive, samples, cancellation) =>
            Of(await archive.SearchAsync(samples.Last(Week) with { Label = samples.Label(isRare: false) }, PageRows, samples.Cursor(), cancellation, DecisionParts.Line), static page => page.Rows.Count)),
        new("decision", "one decision, its time known", static async (archive, samples, cancellation) =>
        {
            DecisionRow row = samples.Row();
            return Of(await archive.GetAsync([row.Decision], row.Time, cancellation), static detail => detail is null ? 0 : 1);
        }),
        new("decision-id", "one decision by its id alone", static async (archive, samples, cancellation) =>
            Of(await archive.GetAsync([samples.Row().Decision], at: null, cancellation), static detail => detail is null ? 0 : 1)),
        Timeline("timeline-account", "time line of an account, 7 d", ArchiveEntity.Account),
        Timeline("timeline-ip", "time line of an address, 7 d", ArchiveEntity.Ip),
        Timeline("timeline-prefix", "time line of a network prefix, 7 d", ArchiveEntity.IpPrefix),
        Links("links-account", "links of an account, 7 d", ArchiveEntity.Account),
        Links("links-device", "links of a device, 7 d", ArchiveEntity.Device),
        Links("links-prefix", "links of a network prefix, 7 d", ArchiveEntity.IpPrefix),
        Links("links-cohort", "links of a cohort, 7 d", ArchiveEntity.Cohort),
        new("clusters-day", "gangs, score from 420, 24 h", static async (archive, samples, cancellation) =>
            Of(await archive.ClustersAsync(samples.Last(Day) with { MinScore = Suspicious }, cancellation), static clusters => clusters.Count)),
        new("clusters-week", "gangs, score from 420, 7 d", static async (archive, samples, cancellation) =>
            Of(await archive.ClustersAsync(samples.Last(Week) with { MinScore = Suspicious }, cancellation), static clusters => clusters.Count)),
        new("gang", "the gang of an account with such a score, 7 d", static async (archive, samples, cancellation) =>
            Of(await archive.ClusterOfAsync(samples.Last(Week) with { MinScore = Suspicious }, samples.Suspect(), cancellation), static gang => gang?.Size ?? 0)),
        Overview("overview-hour", "overview, 1 h", TimeSpan.FromHours(1)),
        Overview("overview-day", "overview, 24 h", Day),
        Overview("overview-week", "overview, 7 d", Week),
        new("rules-week", "hits of the rules, 7 d", static async (archive, samples, cancellation) =>
            Of(await archive.RuleHitsAsync(samples.To - Week, samples.To, cancellation), static hits => hits.Count)),
    ];

    private static ArchiveQuery Search(string key, string name, Func<ArchiveSamples, DecisionFilter> filter) => new(key, name, async (archive, samples, cancellation) =>
        Of(await archive.SearchAsync(filter(samples), PageRows, after: null, cancellation, DecisionParts.Line), static page => page.Rows.Count));

    private static ArchiveQuery Timeline(string key, string name, ArchiveEntity entity) => new(key, name, async (archive, samples, cancellation) =>
        Of(await archive.TimelineAsync(samples.Last(Week) with { Entities = [samples.Entity(entity)] }, cancellation), static timeline => timeline.Points.Count));

    private static ArchiveQuery Links(string key, string name, ArchiveEntity entity) => new(key, name, async (archive, samples, cancellation) =>
        Of(await archive.LinksAsync(samples.Last(Week) with { Entities = [samples.Entity(entity)] }, cancellation), static links => links.Links.Count));

    private static ArchiveQuery Overview(string key, string name, TimeSpan range) => new(key, name, async (archive, samples, cancellation) =>
        Of(await archive.OverviewAsync(samples.To - range, samples.To, cancellation), static overview => overview.Points.Count));

    private static ArchiveQueryAnswer Of<T>(ArchiveAnswer<T> answer, Func<T, int> rows) => new(answer.Status, answer.IsAnswered ? rows(answer.Value) : 0);
}
