using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>Who a caller is, and what he may do beyond scoring.</summary>
internal sealed class CallerRoles
{
    // RFC 9068, 2.2 and 2.2.3: the claims of an access token.
    private const string SubjectClaim = "sub";
    private const string ClientClaim = "client_id";
    private const string ScopeClaim = "scope";

    private readonly CallerOptions _options;
    private readonly HashSet<string> _allowed;
    private readonly HashSet<string> _officers;
    private readonly HashSet<string> _editors;

    /// <summary>Reads the roles.</summary>
    public CallerRoles(CallerOptions options)
    {
        _options = options;
        _allowed = new HashSet<string>(options.AllowedNames, StringComparer.OrdinalIgnoreCase);
        _officers = new HashSet<string>(options.PrivacyOfficers, StringComparer.OrdinalIgnoreCase);
        _editors = new HashSet<string>(options.ListEditors, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The caller's name for the audit log: of a certificate the alternative name that let it in (one with a role before
    /// others), of a token its subject, else its client id; "loopback" where nobody has to prove anything.
    /// </summary>
    public string NameOf(HttpContext http) => _options.Authentication switch
    {
        CallerAuthentication.MutualTls => Escape(Names(http).OrderByDescending(HasRole).FirstOrDefault()),
        CallerAuthentication.Jwt => Escape(http.User.FindFirstValue(SubjectClaim) ?? http.User.FindFirstValue(ClientClaim)),
        _ => "loopback",
    };

    /// <summary>True if the caller may use the service Privacy. Where callers prove who they are, nobody may but who is named.</summary>
    public bool IsPrivacyOfficer(HttpContext http) => Has(http, _officers, _options.PrivacyScope, ofEverybody: false);

    /// <summary>True if the caller may use the service Lists. Everybody may where nobody is named.</summary>
    public bool IsListEditor(HttpContext http) => Has(http, _editors, _options.ListScope, ofEverybody: true);

    /// <summary>
    /// Writes a name with the characters that the audit log takes (<see cref="Audit.AuditSyntax.IsCaller"/>); others become
    /// '%' and two hexadecimal digits for each byte of UTF-8. What is too long is cut.
    /// </summary>
    internal static string Escape(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "unnamed";
        }

        var escaped = new StringBuilder();
        foreach (var part in Encoding.UTF8.GetBytes(name))
        {
            var character = ((char)part).ToString();
            escaped.Append(part != '%' && Audit.AuditSyntax.IsCaller(character) ? character : $"%{part:X2}");
        }

        return escaped.ToString(0, Math.Min(escaped.Length, Audit.AuditSyntax.MaxCaller));
    }

    private bool Has(HttpContext http, HashSet<string> names, string scope, bool ofEverybody) => _options.Authentication switch
    {
        CallerAuthentication.MutualTls => (ofEverybody && names.Count == 0) || Names(http).Any(names.Contains),
        CallerAuthentication.Jwt => http.User.Identity is { IsAuthenticated: true } && ((ofEverybody && scope.Length == 0) || HasScope(http.User, scope)),
        _ => true,
    };

    // One claim with blanks between its scopes (RFC 8693, 4.2); an array of them arrives as several claims.
    private static bool HasScope(ClaimsPrincipal user, string scope) =>
        scope.Length > 0 && user.FindAll(ScopeClaim).Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));

    private bool HasRole(string name) => _officers.Contains(name) || _editors.Contains(name);

    private IEnumerable<string> Names(HttpContext http) =>
        http.Connection.ClientCertificate is { } certificate ? CallerCertificates.Names(certificate).Where(_allowed.Contains) : [];
}
