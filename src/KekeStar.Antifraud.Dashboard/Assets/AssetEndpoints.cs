using KekeStar.Antifraud.Dashboard.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace KekeStar.Antifraud.Dashboard.Assets;

/// <summary>Serves the assets.</summary>
internal static class AssetEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/assets/…</c>.</summary>
    public static void MapAssets(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/assets/{**path}", Methods, SendAsync).RequireTable();

    private static Task SendAsync(HttpContext http, string path)
    {
        if (AssetBook.Find(path) is not { } asset)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var response = http.Response;
        var isVersioned = http.Request.Query["v"] == asset.Version;
        var tag = $"\"{asset.Version}\"";
        response.Headers.CacheControl = isVersioned ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var isCompressed = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (isCompressed)
        {
            response.Headers.ContentEncoding = "br";
        }

        var bytes = isCompressed ? asset.Brotli.Value : asset.Bytes;
        response.ContentType = asset.ContentType;
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, 0, bytes.Length, http.RequestAborted);
    }
}
