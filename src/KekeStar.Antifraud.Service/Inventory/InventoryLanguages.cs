using KekeStar.Antifraud.Rights;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Service.Inventory;

/// <summary>Chooses the language of the inventory's page.</summary>
internal static class InventoryLanguages
{
    /// <summary>Query parameter that goes before the browser's languages: "en" or "zh".</summary>
    private const string Query = "lang";

    private const string EnglishCode = "en";
    private const string ChineseCode = "zh";

    /// <summary>BCP 47 tag.</summary>
    public static string Tag(InventoryLanguage language) => language == InventoryLanguage.Chinese ? "zh-CN" : EnglishCode;

    /// <summary>Value of the query parameter.</summary>
    public static string Parameter(InventoryLanguage language) => language == InventoryLanguage.Chinese ? ChineseCode : EnglishCode;

    /// <summary>The language's name in itself.</summary>
    public static string NameOf(InventoryLanguage language) => language == InventoryLanguage.Chinese ? "简体中文" : "English";

    /// <summary>The language asked for; where none of the two is, English.</summary>
    public static InventoryLanguage Choose(HttpRequest request)
    {
        if (TryParse(request.Query[Query].ToString(), out var asked))
        {
            return asked;
        }

        // RFC 9110 section 12.5.4: the highest quality wins, of equals the first; 0 is a refusal.
        var best = 0.0;
        var chosen = InventoryLanguage.English;
        foreach (var accepted in request.GetTypedHeaders().AcceptLanguage)
        {
            if (TryParse(accepted.Value.ToString(), out var language) && (accepted.Quality ?? 1) > best)
            {
                best = accepted.Quality ?? 1;
                chosen = language;
            }
        }

        return chosen;
    }

    private static bool TryParse(string tag, out InventoryLanguage language)
    {
        var primary = tag.Split('-', 2)[0];
        language = string.Equals(primary, ChineseCode, StringComparison.OrdinalIgnoreCase) ? InventoryLanguage.Chinese : InventoryLanguage.English;
        return language == InventoryLanguage.Chinese || string.Equals(primary, EnglishCode, StringComparison.OrdinalIgnoreCase);
    }
}
