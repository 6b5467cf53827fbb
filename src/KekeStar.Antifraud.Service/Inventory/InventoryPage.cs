using System.Net;
using System.Security.Cryptography;
using System.Text;
using KekeStar.Antifraud.Rights;

namespace KekeStar.Antifraud.Service.Inventory;

/// <summary>The data inventory as a page: static, without scripts, in well-formed XML syntax of HTML.</summary>
internal static class InventoryPage
{
    /// <summary>The page's style; its hash stands in <see cref="ContentSecurityPolicy"/>.</summary>
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:90rem;padding:1rem;color:#1b1b1b;background:#fff}"
        + "nav{float:right}a{color:#0b57d0}h1,h2{line-height:1.2}.wide{overflow-x:auto}"
        + "table{border-collapse:collapse;min-width:60rem;width:100%}"
        + "th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:left;vertical-align:top}"
        + "thead th{background:#ececec}tbody th{font-weight:600}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}"
        + "@media(prefers-color-scheme:dark){body{color:#ececec;background:#161616}a{color:#8ab4f8}thead th{background:#2c2c2c}}";

    /// <summary>What the browser may do with the page: apply this very style, and nothing else.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Writes the page in one language, UTF-8.</summary>
    public static byte[] Write(InventoryLanguage language)
    {
        var html = new StringBuilder();
        var title = InventoryWords.Title.In(language);
        html.Append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"").Append(InventoryLanguages.Tag(language)).Append("\">\n<head>\n")
            .Append("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>").Append(title).Append("</title>\n<style>").Append(Style)
            .Append("</style>\n</head>\n<body>\n");
        AppendLanguageLink(html, language);
        html.Append("<main>\n<h1>").Append(title).Append("</h1>\n<p>").Append(Text(InventoryWords.Introduction.In(language))).Append("</p>\n");
        foreach (var table in InventoryTable.All)
        {
            Append(html, table, language);
        }

        return Encoding.UTF8.GetBytes(html.Append("</main>\n</body>\n</html>\n").ToString());
    }

    private static void AppendLanguageLink(StringBuilder html, InventoryLanguage language)
    {
        // In its own language, so that whoever cannot read this page finds the other.
        var other = language == InventoryLanguage.English ? InventoryLanguage.Chinese : InventoryLanguage.English;
        var tag = InventoryLanguages.Tag(other);
        html.Append("<nav><a href=\"?lang=").Append(InventoryLanguages.Parameter(other)).Append("\" hreflang=\"").Append(tag).Append("\" lang=\"").Append(tag)
            .Append("\">").Append(InventoryLanguages.NameOf(other)).Append("</a></nav>\n");
    }

    private static void Append(StringBuilder html, InventoryTable table, InventoryLanguage language)
    {
        html.Append("<section aria-labelledby=\"").Append(table.Id).Append("\">\n<h2 id=\"").Append(table.Id).Append("\">")
            .Append(Text(table.Title.In(language)))
            .Append("</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"").Append(table.Id).Append("\">\n<table>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append("<th scope=\"col\">").Append(Text(column.In(language))).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr><th scope=\"row\">").Append(Text(row[0].In(language))).Append("</th>");
            foreach (var cell in row.Skip(1))
            {
                html.Append("<td>").Append(Text(cell.In(language))).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n</section>\n");
    }

    /// <summary>Escapes a text and makes code of what stands between backquotes.</summary>
    private static string Text(string text)
    {
        var parts = WebUtility.HtmlEncode(text).Split('`');
        for (var i = 1; i < parts.Length; i += 2)
        {
            parts[i] = $"<code>{parts[i]}</code>";
        }

        return string.Concat(parts);
    }
}
