using System.Security.Claims;
using System.Text;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Sessions;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Service.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Sign-in through the organisation's identity provider: OpenID Connect, code flow with PKCE.</summary>
internal static partial class CompanySignIn
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme = "company";

    /// <summary>Where the provider sends people back; register it there.</summary>
    public const string CallbackPath = "/sign-in/company/callback";

    /// <summary>Value of the sign-in page's parameter <c>failed</c> after a sign-in that went wrong.</summary>
    public const string Failed = "company";

    /// <summary>Value of the same after a sign-in of somebody without a role.</summary>
    public const string NoRole = "role";

    // A client secret is short; RFC 6749 gives no bound.
    private const int MaxSecretBytes = 4096;

    /// <summary>Adds the scheme.</summary>
    /// <exception cref="InvalidOperationException">The secret's file cannot be used; the message says why.</exception>
    public static void AddCompanySignIn(this AuthenticationBuilder authentication, CompanySignInOptions options, bool isTls)
    {
        var secret = ReadSecret(options.ClientSecretFile!);
        authentication.AddOpenIdConnect(Scheme, connect =>
        {
            connect.Authority = options.Authority;

            // An issuer on this machine may be plain; DashboardOptionsCheck refuses any other without TLS.
            connect.RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback;
            connect.ClientId = options.ClientId;
            connect.ClientSecret = secret;
            connect.SignInScheme = SessionRegistration.Scheme;
            connect.CallbackPath = CallbackPath;
            connect.ResponseType = OpenIdConnectResponseType.Code;
            connect.ResponseMode = OpenIdConnectResponseMode.Query;
            connect.UsePkce = true;
            connect.SaveTokens = false;
            connect.MapInboundClaims = false;
            connect.DisableTelemetry = true;
            connect.Scope.Clear();
            foreach (var scope in options.Scopes.Prepend("profile").Prepend("openid"))
            {
                connect.Scope.Add(scope);
            }

            Harden(connect.CorrelationCookie, isTls);
            Harden(connect.NonceCookie, isTls);
            connect.Events.OnTokenValidated = context => AdmitAsync(context, options);
            connect.Events.OnRemoteFailure = static context =>
            {
                // The provider's words stay in the log: they are for whoever set it up.
                LogFailed(Logger(context.HttpContext), context.Failure?.Message ?? "");
                context.Response.Redirect($"/sign-in?failed={Failed}");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>The roles that the values of a role claim give.</summary>
    public static Roles RolesOf(ClaimsPrincipal token, CompanySignInOptions options)
    {
        var values = token.FindAll(options.RoleClaim).Select(static claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        (IList<string> Names, Roles Role)[] map =
        [
            (options.Viewers, Roles.Viewer),
            (options.Analysts, Roles.Analyst),
            (options.PolicyEditors, Roles.PolicyEditor),
            (options.PrivacyOfficers, Roles.PrivacyOfficer),
            (options.Administrators, Roles.Administrator),
        ];
        return map.Where(entry => entry.Names.Any(values.Contains)).Aggregate(Roles.None, static (roles, entry) => roles | entry.Role);
    }

    private static async Task AdmitAsync(TokenValidatedContext context, CompanySignInOptions options)
    {
        var token = context.Principal!;
        var roles = RolesOf(token, options);
        if (roles == Roles.None)
        {
            context.Response.Redirect($"/sign-in?failed={NoRole}");
            context.HandleResponse();
            return;
        }

        var name = token.FindFirstValue(options.NameClaim) ?? token.FindFirstValue("sub") ?? "";
        context.Principal = Person.Make(name, roles, Person.Company, mustChange: false);

        // The provider's lifetime of its token is not that of the session here.
        context.Properties!.IsPersistent = false;
        context.Properties.ExpiresUtc = null;
        var audit = context.HttpContext.RequestServices.GetRequiredService<AuditLog>();
        await audit.AppendAsync(SignInEntry.Of(context.Principal), CancellationToken.None);
    }

    // The way back comes from another site, so these two cannot be strict; they live for the sign-in alone.
    private static void Harden(CookieBuilder cookie, bool isTls)
    {
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = isTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.HttpOnly = true;
    }

    private static string ReadSecret(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(OwnerOnlyFile.Read(path, MaxSecretBytes)).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InvalidOperationException($"Antifraud:Dashboard:OpenIdConnect:ClientSecretFile '{path}' cannot be used: {fault.Message}", fault);
        }
    }

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CompanySignIn));

    [LoggerMessage(7003, LogLevel.Warning, "A sign-in at the identity provider failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
