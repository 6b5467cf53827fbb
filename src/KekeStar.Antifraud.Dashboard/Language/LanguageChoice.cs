using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Dashboard.Language;

/// <summary>The languages of the dashboard, and which one somebody gets.</summary>
internal static class LanguageChoice
{
    /// <summary>Name of the cookie with the language that was chosen; a script of the page sets it.</summary>
    public const string Cookie = "antifraud-language";

    /// <summary>English.</summary>
    public const string English = "en";

    /// <summary>Simplified Chinese.</summary>
    public const string Chinese = "zh-CN";

    /// <summary>All, as BCP 47 tags.</summary>
    public static IReadOnlyList<string> All { get; } = [English, Chinese];

    /// <summary>The language of a request: the one chosen, else the browser's first of the two, else English.</summary>
    public static string Of(HttpRequest request)
    {
        if (request.Cookies.TryGetValue(Cookie, out var chosen) && All.Contains(chosen, StringComparer.Ordinal))
        {
            return chosen;
        }

        // RFC 9110 section 12.5.4: the highest quality wins, of equals the first; 0 is a refusal.
        return request.GetTypedHeaders().AcceptLanguage
            .Where(static accepted => accepted.Quality is null or > 0)
            .OrderByDescending(static accepted => accepted.Quality ?? 1)
            .Select(static accepted => Of(accepted.Value.ToString()))
            .FirstOrDefault(static language => language is not null) ?? English;
    }

    private static string? Of(string tag) => tag.Split('-', 2)[0].ToLowerInvariant() switch
    {
        "en" => English,
        "zh" => Chinese,
        _ => null,
    };
}
