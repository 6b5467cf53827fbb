using System.Security.Claims;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>A sign-in as the audit log takes it.</summary>
internal static class SignInEntry
{
    /// <summary>The line of a person. Should it not be written, the log has said so; whoever mends it has to get in.</summary>
    public static AuditEntry Of(ClaimsPrincipal person) => new()
    {
        Action = AuditAction.DashboardSignIn,
        Caller = person.CallerOf(),
        Purpose = "dashboard",
        Details = new AuditDetails()
            .Add("source", person.IsLocal() ? Person.Local : Person.Company)
            .Add("roles", string.Join('.', RoleName.AllOf(person.RolesOf()))),
    };
}
