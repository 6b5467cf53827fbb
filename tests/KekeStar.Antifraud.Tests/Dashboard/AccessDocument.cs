using System.Text;
using KekeStar.Antifraud.Dashboard.Access;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Writes docs/dashboard-access.md from the table.</summary>
internal static class AccessDocument
{
    public static string Write()
    {
        var text = new StringBuilder("""
            # Who may see and do what on the dashboard

            Generated from the table that the dashboard itself goes by; do not edit. After a change there:
            `UPDATE_GOLDEN=1 dotnet test tests/KekeStar.Antifraud.Tests --filter FullyQualifiedName~AccessDocumentTests`.

            What has no line is refused to everybody. A person may have several roles and may then do what any of them may. While a password
            must be changed, only what everybody who is signed in may do is left. How people sign in: [dashboard.md](dashboard.md).

            """);
        foreach (var (kind, title) in new[] { (AccessKind.Page, "Pages"), (AccessKind.Endpoint, "Other endpoints"), (AccessKind.Action, "What pages do") })
        {
            text.Append("\n## ").Append(title).Append("\n\n| | what | not signed in |");
            foreach (var role in RoleName.AllOf(Roles.All))
            {
                text.Append(' ').Append(role.Replace('_', ' ')).Append(" |");
            }

            text.Append("\n|---|---|:-:|:-:|:-:|:-:|:-:|:-:|\n");
            foreach (var rule in AccessTable.All.Where(rule => rule.Kind == kind))
            {
                text.Append("| `").Append(rule.Name).Append("` | ").Append(rule.What).Append(" |").Append(Mark(rule.Allows(new())));
                foreach (var role in RoleName.Each)
                {
                    text.Append(Mark(rule.Allows(Person.Make("p", role, Person.Local, mustChange: false))));
                }

                text.Append('\n');
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Mark(bool isAllowed) => isAllowed ? " yes |" : " – |";
}
