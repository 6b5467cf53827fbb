using System.Security.Claims;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Service.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Dashboard.Sessions;

/// <summary>Registers sessions and their cookie.</summary>
internal static class SessionRegistration
{
    /// <summary>Name of the scheme that keeps people signed in.</summary>
    public const string Scheme = "session";

    private const string CookieName = "antifraud-session";
    private const string FormCookieName = "antifraud-form";

    /// <summary>Adds the sessions.</summary>
    /// <param name="services">The dashboard's services.</param>
    /// <param name="options">How long a session lives.</param>
    /// <param name="isTls">True: the dashboard is reached over TLS, and cookies never travel in the clear.</param>
    public static AuthenticationBuilder AddSessions(this IServiceCollection services, DashboardOptions options, bool isTls)
    {
        services.AddSingleton<SessionBook>();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddScoped<CircuitHandler, SessionCircuit>();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(antiforgery => Harden(antiforgery.Cookie, FormCookieName, isTls));
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<SessionBook>(static (cookie, sessions) => cookie.SessionStore = sessions);
        return services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            Harden(cookie.Cookie, CookieName, isTls);
            cookie.ExpireTimeSpan = options.SessionLifetime;

            // Idle time is counted in SessionBook, where it can tell a person from a page that refreshes itself.
            cookie.SlidingExpiration = false;
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = ReturnPath.Parameter;
            cookie.Events.OnSigningIn = static context =>
            {
                ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim(Person.SessionClaim, SessionBook.NewHandle()));
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToLogin = static context => RedirectPeople(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = static context =>
            {
                if (!context.HttpContext.User.MustChangePassword())
                {
                    // What is not there has no rule, and so nobody may open it.
                    context.Response.StatusCode = context.HttpContext.GetEndpoint() is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                }

                context.RedirectUri = "/account/password";
                return RedirectPeople(context, StatusCodes.Status403Forbidden);
            };
        });
    }

    // A script that asks gets a plain answer; a person who opens a page gets the one that helps.
    private static Task RedirectPeople(RedirectContext<CookieAuthenticationOptions> context, int otherwise)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);
        if (isPage)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = otherwise;
        }

        return Task.CompletedTask;
    }

    private static void Harden(CookieBuilder cookie, string name, bool isTls)
    {
        // Browsers take "__Host-" only over TLS, from the host itself and for all its paths (RFC 6265bis, 4.1.3.2).
        cookie.Name = isTls ? "__Host-" + name : name;
        cookie.SecurePolicy = isTls ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }
}
