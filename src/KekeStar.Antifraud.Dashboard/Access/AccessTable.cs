using System.Security.Claims;
using Microsoft.AspNetCore.Components;

namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>
/// Who may see and do what: every page, endpoint and action of the dashboard, and nothing that is not here. What has no line is
/// refused to everybody; a test fails for an endpoint or a page without one.
/// </summary>
internal static class AccessTable
{
    private const Roles Risk = Roles.Analyst | Roles.PolicyEditor;
    // Single cases; viewers have aggregated screens alone.
    private const Roles Cases = Roles.All & ~Roles.Viewer;
    private const Roles Auditors = Roles.PrivacyOfficer | Roles.Administrator;

    /// <summary>Puts entries on lists and takes them off.</summary>
    public static readonly AccessRule ChangeLists = Action("lists.change", Roles.Analyst, "Put an entity on a list, take one off");

    /// <summary>Looks for decisions by an identifier that is typed in.</summary>
    public static readonly AccessRule LookUpDecisions = Action(
        "decisions.lookup", Roles.Analyst | Roles.PrivacyOfficer, "Look for decisions by an identifier that is typed in");

    /// <summary>Gives out what is held about an account.</summary>
    public static readonly AccessRule ExportAccount = Action("privacy.export", Roles.PrivacyOfficer, "Export all that is held about an account");

    /// <summary>Removes what was derived from an account.</summary>
    public static readonly AccessRule EraseAccount = Action("privacy.erase", Roles.PrivacyOfficer, "Erase all that was derived from an account");

    /// <summary>Checks the audit log's chain.</summary>
    public static readonly AccessRule VerifyAudit = Action("audit.verify", Auditors, "Verify the audit log's chain of hashes");

    /// <summary>Makes, changes and removes accounts of the dashboard.</summary>
    public static readonly AccessRule ChangeAccounts = Action("accounts.change", Roles.Administrator, "Make, change, unlock and remove accounts of the dashboard");

    /// <summary>Writes drafts of the policy, tries and proposes them.</summary>
    public static readonly AccessRule EditPolicy = Action("policy.edit", Roles.PolicyEditor, "Write a draft of the policy, dry-run it, propose it");

    /// <summary>Approves and rejects what others propose.</summary>
    public static readonly AccessRule ReviewPolicy = Action("policy.review", Roles.PolicyEditor, "Approve or reject a policy that somebody else wrote");

    /// <summary>Puts an approved policy, or an older version, in force.</summary>
    public static readonly AccessRule PublishPolicy = Action("policy.publish", Roles.PolicyEditor, "Publish an approved policy, roll back to an older version");

    /// <summary>Marks decisions as right or wrong.</summary>
    public static readonly AccessRule GiveFeedback = Action("feedback.give", Roles.Analyst, "Mark decisions as confirmed, false positive or missed");

    /// <summary>All rules, in the order of the document.</summary>
    public static IReadOnlyList<AccessRule> All { get; } =
    [
        Page("/sign-in", AccessTo.Everybody, "Sign-in"),
        Page("/problem/{code:int}", AccessTo.Everybody, "Says that something was not found, not allowed, or failed"),
        Page("/account/password", AccessTo.SignedIn, "Change of one's own password"),
        Page("/", Roles.All, "Overview"),
        Page("/decisions", Cases, "Decisions: search"),
        Page("/decisions/{Id}", Cases, "One decision: its reasons, features and entities, and its replay"),
        Page("/entities/{Kind}/{Pseudonym}", Cases, "One account, device, network or access point, and what it is linked to"),
        Page("/gangs", Cases, "Gangs"),
        Page("/gangs/{Kind}/{Pseudonym}", Cases, "One gang: its members and what ties them together"),
        Page("/lists", Risk, "Lists"),
        Page("/policy", Risk, "Policy: the rules in force, their hits and their precision"),
        Page("/policy/versions", Risk, "Drafts and versions of the policy"),
        Page("/policy/draft/{Id}", Risk, "One draft of the policy"),
        Page("/feedback", Roles.Analyst, "Feedback on decisions"),
        Page("/privacy", Roles.PrivacyOfficer, "Requests of the people behind the accounts"),
        Page("/inventory", Roles.All, "Data inventory"),
        Page("/audit", Auditors, "Audit log"),
        Page("/labels", Roles.All, "Catalogue of labels"),
        Page("/features", Roles.All, "Catalogue of features"),
        Page("/system", Roles.All & ~Roles.Viewer, "System: store, keys, versions, models, counters"),
        Page("/accounts", Roles.Administrator, "Accounts of the dashboard"),
        Endpoint("/assets/{**path}", AccessTo.Everybody, "Style sheets and scripts, which the sign-in page needs"),
        Endpoint("/sign-in/company", AccessTo.Everybody, "Begins the sign-in at the identity provider"),
        Endpoint("/signed-in", AccessTo.Everybody, "Way back from the identity provider, see dashboard.md"),
        Endpoint("/sign-out", AccessTo.SignedIn, "Ends the session"),
        Endpoint("/_blazor", AccessTo.SignedIn, "The pages' connection"),
        Endpoint("/_blazor/negotiate", AccessTo.SignedIn, "The pages' connection"),
        Endpoint("/_blazor/disconnect", AccessTo.SignedIn, "The pages' connection"),
        Endpoint("/_blazor/initializers", AccessTo.SignedIn, "The pages' connection"),
        Endpoint("/_framework/opaque-redirect", AccessTo.Nobody, "Blazor's own, which no page here needs"),
        LookUpDecisions,
        ChangeLists,
        EditPolicy,
        ReviewPolicy,
        PublishPolicy,
        GiveFeedback,
        ExportAccount,
        EraseAccount,
        VerifyAudit,
        ChangeAccounts,
    ];

    /// <summary>The rule of a route pattern; null: there is none.</summary>
    public static AccessRule? OfRoute(string pattern)
    {
        var name = "/" + pattern.Trim('/');
        return All.FirstOrDefault(rule => rule.Kind != AccessKind.Action && rule.Name == name);
    }

    /// <summary>The rule of a page's component; null: there is none.</summary>
    public static AccessRule? OfPage(Type page) =>
        page.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>().Select(static route => OfRoute(route.Template)).FirstOrDefault();

    /// <summary>Stops an action that somebody may not do. Pages ask before they show a button; this is what holds.</summary>
    /// <exception cref="UnauthorizedAccessException">The rule does not let the person in.</exception>
    public static void Demand(this AccessRule rule, ClaimsPrincipal user)
    {
        if (!rule.Allows(user))
        {
            throw new UnauthorizedAccessException($"Not allowed: {rule.Name}.");
        }
    }

    private static AccessRule Page(string route, Roles roles, string what) => new(AccessKind.Page, route, AccessTo.Roles, roles, what);

    private static AccessRule Page(string route, AccessTo to, string what) => new(AccessKind.Page, route, to, Roles.None, what);

    private static AccessRule Endpoint(string route, AccessTo to, string what) => new(AccessKind.Endpoint, route, to, Roles.None, what);

    private static AccessRule Action(string name, Roles roles, string what) => new(AccessKind.Action, name, AccessTo.Roles, roles, what);
}
