using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Service.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KekeStar.Antifraud.Service.Inventory;

/// <summary>Maps the data inventory.</summary>
internal static class InventoryExtensions
{
    // It changes with the program alone; an hour spares the service and shows an upgrade on the same day.
    private const string CacheControl = "private, max-age=3600";

    /// <summary>Maps <c>/privacy/inventory</c> and <c>/privacy/inventory.json</c>.</summary>
    public static void MapInventory(this IEndpointRouteBuilder endpoints)
    {
        var english = InventoryPage.Write(InventoryLanguage.English);
        var chinese = InventoryPage.Write(InventoryLanguage.Chinese);
        var json = InventoryJson.Write();
        endpoints.MapGet("/privacy/inventory", context =>
        {
            var language = InventoryLanguages.Choose(context.Request);
            context.Response.Headers.ContentLanguage = InventoryLanguages.Tag(language);
            context.Response.Headers.Vary = "Accept-Language";
            return SendAsync(context, "text/html; charset=utf-8", language == InventoryLanguage.Chinese ? chinese : english);
        }).RequireAuthorization(ListeningExtensions.CallersPolicy);
        endpoints.MapGet("/privacy/inventory.json", context => SendAsync(context, "application/json; charset=utf-8", json))
            .RequireAuthorization(ListeningExtensions.CallersPolicy);
    }

    private static Task SendAsync(HttpContext context, string contentType, byte[] content)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = CacheControl;
        headers.ContentSecurityPolicy = InventoryPage.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, 0, content.Length, context.RequestAborted);
    }
}
