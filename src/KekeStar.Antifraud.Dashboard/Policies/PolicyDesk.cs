using System.Security.Claims;
using System.Text;
using KekeStar.Antifraud.Archive.DryRuns;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>What the pages of the policy show and do.</summary>
/// <param name="bench">Drafts and versions.</param>
/// <param name="source">The policy in force.</param>
/// <param name="runs">Dry runs.</param>
/// <param name="time">The clock.</param>
/// <param name="decisions">The decisions, and what people found out about them.</param>
internal sealed class PolicyDesk(PolicyWorkbench bench, PolicySource source, DryRuns runs, TimeProvider time, OptionalArchive decisions)
{
    /// <summary>The policy in force.</summary>
    public Policy InForce => source.Current;

    /// <summary>True if it is a file's, and nothing is published from here.</summary>
    public bool IsManaged => !bench.MayPublish;

    /// <summary>True if decisions are kept.</summary>
    public bool HasArchive => decisions.Archive is not null;

    /// <summary>Number of the newest version; 0: none was published.</summary>
    public int Newest => bench.Newest;

    /// <summary>The drafts, the one that was changed last first.</summary>
    public IReadOnlyList<PolicyDraft> Drafts => bench.Drafts;

    /// <summary>A person's name as the screen shows it.</summary>
    public static string Shown(string person) => person.StartsWith("dashboard:", StringComparison.Ordinal) ? person["dashboard:".Length..] : person;

    /// <summary>Names of people as the screen shows them.</summary>
    public static string Shown(IEnumerable<string> people) => string.Join(", ", people.Select(Shown));

    /// <summary>The rules in force with their hits.</summary>
    /// <param name="range">In how long a time until now.</param>
    /// <param name="cancellation">The one who asks has gone away.</param>
    /// <returns>The rules, and whether the archive answered.</returns>
    public async Task<(IReadOnlyList<RuleRow> Rows, bool HasHits)> RulesAsync(TimeSpan range, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var answer = decisions.Archive is null ? default : await decisions.Archive.RuleHitsAsync(now - range, now, cancellation);
        var hits = (answer.Value ?? []).ToDictionary(static hit => (hit.Rule, hit.IsShadow));
        var (precise, shadows) = decisions.Feedback is null ? default : decisions.Feedback.Precision();
        var policy = source.Current;
        var rows = policy.Rules.ToArray().Select(rule => new RuleRow(
            rule,
            policy.CapOf(rule.CappedBy),
            hits.GetValueOrDefault((rule.Id, rule.IsShadow)),
            (rule.IsShadow ? shadows : precise)?.GetValueOrDefault(rule.Id)));
        return ([.. rows], HasArchive && answer.IsAnswered);
    }

    /// <summary>A draft; null: there is none.</summary>
    public PolicyDraft? Find(string id) => bench.Find(id);

    /// <summary>Versions, newest first.</summary>
    public IReadOnlyList<PolicyVersion> Versions(int below, int most) => bench.Versions(below, most);

    /// <summary>Text of a version; 0: of what came before all. Null: there is none.</summary>
    public string? TextOf(int version) => bench.TextOf(version);

    /// <summary>What the loader says of a text; off the pool's threads, of which there are few.</summary>
    public Task<PolicyResult> CheckAsync(string text) => Task.Factory.StartNew(
        () => bench.Check(text), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Begins a draft.</summary>
    public Task<PolicyStep> BeginAsync(ClaimsPrincipal user, string title) => As(user, AccessTable.EditPolicy, person => bench.BeginAsync(person, title));

    /// <summary>Saves a draft's text.</summary>
    public Task<PolicyStep> SaveAsync(ClaimsPrincipal user, PolicyDraft draft, string text) =>
        As(user, AccessTable.EditPolicy, person => bench.SaveAsync(person, draft, text));

    /// <summary>Throws a draft away.</summary>
    public Task<PolicyStep> RemoveAsync(ClaimsPrincipal user, PolicyDraft draft) => As(user, AccessTable.EditPolicy, person => bench.RemoveAsync(person, draft));

    /// <summary>Proposes a draft.</summary>
    public Task<PolicyStep> ProposeAsync(ClaimsPrincipal user, PolicyDraft draft) => As(user, AccessTable.EditPolicy, person => bench.ProposeAsync(person, draft));

    /// <summary>Brings a draft onto the newest version.</summary>
    public Task<(PolicyStep Step, IReadOnlyList<string> Conflicts)> RebaseAsync(ClaimsPrincipal user, PolicyDraft draft) =>
        As(user, AccessTable.EditPolicy, person => bench.RebaseAsync(person, draft));

    /// <summary>Approves a draft.</summary>
    public Task<PolicyStep> ApproveAsync(ClaimsPrincipal user, PolicyDraft draft) => As(user, AccessTable.ReviewPolicy, person => bench.ApproveAsync(person, draft));

    /// <summary>Rejects a draft.</summary>
    public Task<PolicyStep> RejectAsync(ClaimsPrincipal user, PolicyDraft draft, string comment) =>
        As(user, AccessTable.ReviewPolicy, person => bench.RejectAsync(person, draft, comment));

    /// <summary>Publishes a draft.</summary>
    public Task<PolicyStep> PublishAsync(ClaimsPrincipal user, PolicyDraft draft) => As(user, AccessTable.PublishPolicy, person => bench.PublishAsync(person, draft));

    /// <summary>Puts an older version in force again.</summary>
    public Task<PolicyStep> RollBackAsync(ClaimsPrincipal user, int newest, int version, string comment) =>
        As(user, AccessTable.PublishPolicy, person => bench.RollBackAsync(person, newest, version, comment));

    /// <summary>The dry run of a draft as it is now.</summary>
    public DryRun? DryRunOf(PolicyDraft draft) => runs.Of(draft);

    /// <summary>Begins a dry run.</summary>
    /// <returns>False if another one is under way.</returns>
    public bool TryDryRun(ClaimsPrincipal user, PolicyDraft draft, Policy policy, int most)
    {
        AccessTable.EditPolicy.Demand(user);
        return runs.TryStart(draft, policy, most);
    }

    /// <summary>The text of a policy as a file.</summary>
    public static byte[] FileOf(string text) => Encoding.UTF8.GetBytes(text);

    private static T As<T>(ClaimsPrincipal user, AccessRule rule, Func<string, T> act)
    {
        rule.Demand(user);
        return act(user.CallerOf());
    }
}
