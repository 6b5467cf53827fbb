using System.Security.Claims;

namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>Who is signed in, as claims.</summary>
internal static class Person
{
    /// <summary>Name for the screen and the audit log.</summary>
    public const string NameClaim = "name";

    /// <summary>One claim for each role, see <see cref="RoleName"/>.</summary>
    public const string RoleClaim = "role";

    /// <summary>Handle of the session; tells nobody the cookie.</summary>
    public const string SessionClaim = "session";

    /// <summary>Where the person signed in: <see cref="Local"/> or <see cref="Company"/>.</summary>
    public const string SourceClaim = "source";

    /// <summary>There if the password must be changed before anything else.</summary>
    public const string MustChangeClaim = "must_change";

    /// <summary>An account of the dashboard's own.</summary>
    public const string Local = "local";

    /// <summary>The organisation's identity provider.</summary>
    public const string Company = "company";

    /// <summary>Makes a person.</summary>
    /// <param name="name">The name.</param>
    /// <param name="roles">The roles.</param>
    /// <param name="source"><see cref="Local"/> or <see cref="Company"/>.</param>
    /// <param name="mustChange">True: the password must be changed first.</param>
    public static ClaimsPrincipal Make(string name, Roles roles, string source, bool mustChange)
    {
        var identity = new ClaimsIdentity(source, NameClaim, RoleClaim);
        identity.AddClaim(new Claim(NameClaim, name));
        identity.AddClaim(new Claim(SourceClaim, source));
        identity.AddClaims(RoleName.AllOf(roles).Select(static role => new Claim(RoleClaim, role)));
        if (mustChange)
        {
            identity.AddClaim(new Claim(MustChangeClaim, "true"));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>True if somebody is signed in.</summary>
    public static bool IsKnown(this ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true;

    /// <summary>The person's name; empty: nobody.</summary>
    public static string NameOf(this ClaimsPrincipal user) => user.FindFirstValue(NameClaim) ?? "";

    /// <summary>The person's roles.</summary>
    public static Roles RolesOf(this ClaimsPrincipal user) =>
        user.IsKnown() ? user.FindAll(RoleClaim).Aggregate(Roles.None, static (roles, claim) => roles | RoleName.Find(claim.Value)) : Roles.None;

    /// <summary>Handle of the session; null: none.</summary>
    public static string? SessionOf(this ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);

    /// <summary>True if the password must be changed before anything else.</summary>
    public static bool MustChangePassword(this ClaimsPrincipal user) => user.HasClaim(static claim => claim.Type == MustChangeClaim);

    /// <summary>True if the person signed in with an account of the dashboard's own.</summary>
    public static bool IsLocal(this ClaimsPrincipal user) => user.HasClaim(SourceClaim, Local);

    /// <summary>The person for the audit log: "dashboard:" and the name with the characters that the log takes.</summary>
    public static string CallerOf(this ClaimsPrincipal user) => CallerOf(user.NameOf());

    /// <summary>The same of a name alone.</summary>
    public static string CallerOf(string name) => Service.Listening.CallerRoles.Escape("dashboard:" + name);
}
