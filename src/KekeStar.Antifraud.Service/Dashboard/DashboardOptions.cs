using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Service.Dashboard;

/// <summary>The dashboard: where it listens, who may sign in, and for how long.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// Address of the dashboard, such as <c>http://127.0.0.1:5082</c> or <c>https://0.0.0.0:5082</c>; empty: none. Default:
    /// <c>http://127.0.0.1:5082</c>. Anything but loopback needs https, with the certificate of <c>Antifraud:Listen</c>.
    /// </summary>
    public string Listen { get; set; } = "http://127.0.0.1:5082";

    /// <summary>
    /// Directory of the dashboard's own files, made if missing. Default: <c>data/dashboard</c> below the working directory.
    /// </summary>
    [Required]
    public string Directory { get; set; } = Path.Combine("data", "dashboard");

    /// <summary>
    /// A session ends when nobody has touched it for so long. Default: 30 minutes, what NIST SP 800-63B, 4.2.3, asks for at the
    /// second level of assurance.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "12:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A session ends so long after its sign-in, however busy it is. Default: 12 hours, from the same place.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "23:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Accounts of the dashboard's own.</summary>
    public LocalAccountOptions Accounts { get; set; } = new();

    /// <summary>Sign-in through the organisation's identity provider.</summary>
    public CompanySignInOptions OpenIdConnect { get; set; } = new();
}

/// <summary>Accounts of the dashboard's own, with passwords, for trying it out.</summary>
public sealed class LocalAccountOptions
{
    /// <summary>
    /// True: they may sign in. Default: true on loopback, false elsewhere; the first start then makes the account <c>admin</c> and
    /// prints its password once.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>Wrong passwords in a row after which an account is locked. Default: 5; NIST SP 800-63B, 3.2.2, allows at most 100.</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long an account stays locked. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "23:00:00")]
    public TimeSpan LockOut { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>
/// Sign-in by OpenID Connect (code flow with PKCE, RFC 7636). A person has the roles whose values stand in the role claim of the
/// ID token; who has none is turned away.
/// </summary>
public sealed class CompanySignInOptions
{
    /// <summary>The issuer, whose keys and addresses are fetched from its discovery document. Default: none, and then there is no such sign-in.</summary>
    public string? Authority { get; set; }

    /// <summary>The dashboard's name at the issuer.</summary>
    public string? ClientId { get; set; }

    /// <summary>File with the client's secret, mode 0600; read at start.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Scopes to ask for besides <c>openid</c> and <c>profile</c>.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>The claim that names the person, for the screen and the audit log. Default: <c>preferred_username</c>; without it <c>sub</c>.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim with the person's roles or groups. Default: <c>roles</c>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Values of the role claim that make a viewer.</summary>
    public IList<string> Viewers { get; } = [];

    /// <summary>Values of the role claim that make an analyst.</summary>
    public IList<string> Analysts { get; } = [];

    /// <summary>Values of the role claim that make a policy editor.</summary>
    public IList<string> PolicyEditors { get; } = [];

    /// <summary>Values of the role claim that make a privacy officer.</summary>
    public IList<string> PrivacyOfficers { get; } = [];

    /// <summary>Values of the role claim that make an administrator.</summary>
    public IList<string> Administrators { get; } = [];
}
