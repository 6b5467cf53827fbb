using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KekeStar.Antifraud.Dashboard.Hosting;

/// <summary>What browsers may do with the dashboard's answers.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Scripts and connections from this origin alone, nothing inline. Styles inline, because MudBlazor puts its theme into a style
    /// element and measures into style attributes, and Blazor cannot give either a nonce once a page is connected.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private const string OneYear = "max-age=31536000";

    /// <summary>Sets the headers of every answer, and refuses connections that another site's page opens.</summary>
    /// <param name="application">The dashboard.</param>
    /// <param name="isTls">True: browsers shall never come back without TLS.</param>
    public static void UseSecurityHeaders(this IApplicationBuilder application, bool isTls) => application.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";

        // Not "no-referrer": browsers then call the origin of the pages' own forms "null".
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (isTls)
        {
            headers.StrictTransportSecurity = OneYear;
        }

        if (IsFromElsewhere(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(http);
    });

    // A strict cookie does not come with another site's connection anyway; this holds where a browser knows no strict cookies, and
    // between ports of one machine, which browsers take for one site.
    private static bool IsFromElsewhere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var connects = request.Headers.ContainsKey(HeaderNames.Upgrade) || request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);
        return (changes || connects) && origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}";
    }
}
