using System.Net;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Archive.Backtests.Page;

/// <summary>A text of the report in both languages, plain.</summary>
/// <param name="English">In English.</param>
/// <param name="Chinese">In Simplified Chinese.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageText(string English, string Chinese)
{
    /// <summary>A text that is the same in both.</summary>
    public static PageText Same(string text) => new(text, text);

    /// <summary>Both as HTML, of which the page's style shows one.</summary>
    public string Html => English == Chinese
        ? WebUtility.HtmlEncode(English)
        : $"<span class=\"en\" lang=\"en\">{WebUtility.HtmlEncode(English)}</span><span class=\"zh\" lang=\"zh-CN\">{WebUtility.HtmlEncode(Chinese)}</span>";
}
