namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>How roles are written in files, claims and the audit log. The names never change.</summary>
internal static class RoleName
{
    /// <summary>Each single role, the one that sees least first.</summary>
    public static IReadOnlyList<Roles> Each { get; } = [Roles.Viewer, Roles.Analyst, Roles.PolicyEditor, Roles.PrivacyOfficer, Roles.Administrator];

    /// <summary>Name of a single role.</summary>
    public static string Of(Roles role) => role switch
    {
        Roles.Viewer => "viewer",
        Roles.Analyst => "analyst",
        Roles.PolicyEditor => "policy_editor",
        Roles.PrivacyOfficer => "privacy_officer",
        Roles.Administrator => "administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a single role."),
    };

    /// <summary>The names of a set, in the order of <see cref="Each"/>.</summary>
    public static IEnumerable<string> AllOf(Roles roles) => Each.Where(role => roles.HasFlag(role)).Select(Of);

    /// <summary>The role of a name; None: there is none of that name.</summary>
    public static Roles Find(string name) => Each.FirstOrDefault(role => Of(role) == name);
}
