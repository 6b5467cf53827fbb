using System.Text.Encodings.Web;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>Maps what belongs to signing in and out and is no page.</summary>
internal static class SignInEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder endpoints, SignInOffer offer)
    {
        endpoints.MapPost("/sign-out", SignOutAsync).RequireTable();
        if (offer.HasCompany)
        {
            endpoints.MapGet("/sign-in/company", static (HttpContext http) => http.ChallengeAsync(
                CompanySignIn.Scheme,
                new AuthenticationProperties { RedirectUri = "/signed-in" + QueryString.Create(ReturnPath.Parameter, Asked(http)) })).RequireTable();
            endpoints.MapGet("/signed-in", WriteBridgeAsync).RequireTable();
        }
    }

    private static string Asked(HttpContext http) => ReturnPath.Of(http.Request.Query[ReturnPath.Parameter]);

    private static async Task SignOutAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await http.SignOutAsync(SessionRegistration.Scheme);
        http.Response.Redirect("/sign-in");
    }

    // The browser has come here from the provider's site, so it does not send the strict cookie that it has just got, nor would it
    // after a redirect. A page of our own that leads on is a beginning of its own.
    private static Task WriteBridgeAsync(HttpContext http)
    {
        var language = LanguageChoice.Of(http.Request);
        var target = HtmlEncoder.Default.Encode(Asked(http));
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={target}"><title>{HtmlEncoder.Default.Encode(Texts.Find(language, "App.Title"))}</title></head><body><a href="{target}">{HtmlEncoder.Default.Encode(Texts.Find(language, "SignIn.Continue"))}</a></body></html>""",
            http.RequestAborted);
    }
}
