using System.Security.Claims;

namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>Whom a rule lets in.</summary>
internal enum AccessTo
{
    /// <summary>Nobody at all.</summary>
    Nobody,

    /// <summary>Everybody, signed in or not.</summary>
    Everybody,

    /// <summary>Whoever is signed in, even while the password must be changed.</summary>
    SignedIn,

    /// <summary>Whoever has one of the rule's roles and no password to change.</summary>
    Roles,
}

/// <summary>What a rule is about.</summary>
internal enum AccessKind
{
    /// <summary>A page, by its route.</summary>
    Page,

    /// <summary>Any other endpoint, by its route.</summary>
    Endpoint,

    /// <summary>Something that a page does, by a name.</summary>
    Action,
}

/// <summary>One line of <see cref="AccessTable"/>.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">Route or name; no two rules share one.</param>
/// <param name="To">Whom it lets in.</param>
/// <param name="Roles">The roles, where it goes by roles.</param>
/// <param name="What">What is there, for the document.</param>
internal sealed record AccessRule(AccessKind Kind, string Name, AccessTo To, Roles Roles, string What)
{
    /// <summary>Name of the authorization policy.</summary>
    public string Policy => $"{Kind}:{Name}";

    /// <summary>True if the rule lets somebody in.</summary>
    public bool Allows(ClaimsPrincipal user) => To switch
    {
        AccessTo.Everybody => true,
        AccessTo.SignedIn => user.IsKnown(),
        AccessTo.Roles => (user.RolesOf() & Roles) != Roles.None && !user.MustChangePassword(),
        _ => false,
    };
}
