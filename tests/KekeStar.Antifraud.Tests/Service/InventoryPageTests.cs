using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using KekeStar.Antifraud.Rights;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The inventory as the service shows it.</summary>
[Collection(nameof(ServiceCollection))]
public sealed partial class InventoryPageTests(SharedService shared)
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private readonly HttpClient _web = shared.Host.Web;

    [Theory]
    [InlineData("", "", "en")]
    [InlineData("", "fr", "en")]
    [InlineData("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("", "en;q=0.5, zh;q=0.9", "zh-CN")]
    [InlineData("", "zh;q=0", "en")]
    [InlineData("?lang=zh", "en", "zh-CN")]
    [InlineData("?lang=en", "zh-CN", "en")]
    [InlineData("?lang=xx", "zh-TW", "zh-CN")]
    public async Task The_page_comes_in_the_language_asked_for(string query, string accepted, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/privacy/inventory" + query);
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var response = await _web.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, Assert.Single(response.Content.Headers.ContentLanguage));
        Assert.Equal("Accept-Language", Assert.Single(response.Headers.Vary));
        Assert.Equal(expected, Parse(await response.Content.ReadAsStringAsync()).Root!.Attribute("lang")!.Value);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task The_page_is_well_formed_and_holds_every_row_in_its_language_alone(string parameter)
    {
        var page = await _web.GetStringAsync($"/privacy/inventory?lang={parameter}");
        var document = Parse(page);
        var language = parameter == "zh" ? InventoryLanguage.Chinese : InventoryLanguage.English;

        var tables = document.Descendants(Xhtml + "table").ToArray();
        Assert.Equal(InventoryTable.All.Count, tables.Length);
        foreach (var (table, expected) in tables.Zip(InventoryTable.All))
        {
            Assert.Equal(expected.Columns.Select(column => column.In(language)), table.Element(Xhtml + "thead")!.Descendants(Xhtml + "th").Select(head => head.Value), StringComparer.Ordinal);
            Assert.Equal(
                expected.Rows.Select(row => string.Join('|', row.Select(cell => cell.In(language).Replace("`", "", StringComparison.Ordinal)))),
                table.Element(Xhtml + "tbody")!.Elements(Xhtml + "tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))),
                StringComparer.Ordinal);
            Assert.All(table.Descendants(Xhtml + "th"), head => Assert.Matches("^(row|col)$", head.Attribute("scope")?.Value));
        }

        // What is said in the other language says so.
        var own = document.Descendants().Where(element => element.Name != Xhtml + "code" && element.Name != Xhtml + "style" && element.Attribute("hreflang") is null)
            .SelectMany(element => element.Nodes().OfType<XText>()).Select(text => text.Value.Trim('；', ';', ' ', '\n')).Where(text => text.Length > 0);
        Assert.All(own, text => Assert.Equal(language == InventoryLanguage.Chinese, Chinese().IsMatch(text)));
        Assert.All(DataInventory.Signals, signal => Assert.Contains($"<code>{signal.Name}</code>", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_runs_no_script_loads_nothing_and_allows_its_own_style_alone()
    {
        using var response = await _web.GetAsync("/privacy/inventory");
        var document = Parse(await response.Content.ReadAsStringAsync());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        var style = document.Descendants(Xhtml + "style").Single().Value;

        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(new CacheControlHeaderValue { Private = true, MaxAge = TimeSpan.FromHours(1) }, response.Headers.CacheControl);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" || element.Attribute("style") is not null);
        Assert.Contains(document.Descendants(Xhtml + "meta"), meta => meta.Attribute("name")?.Value == "viewport");
        Assert.Contains("prefers-color-scheme:dark", style, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_for_machines_says_the_same()
    {
        using var response = await _web.GetAsync("/privacy/inventory.json");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        var signals = json.RootElement.GetProperty("signals").EnumerateArray().ToArray();
        Assert.Equal(DataInventory.Signals.Select(signal => signal.Name), signals.Select(signal => signal.GetProperty("name").GetString()!), StringComparer.Ordinal);
        foreach (var (written, signal) in signals.Zip(DataInventory.Signals))
        {
            Assert.Equal(signal.Places, written.GetProperty("sent_in").EnumerateArray().Select(place => place.GetString()!), StringComparer.Ordinal);
            Assert.Equal(signal.RetentionDays, written.GetProperty("retention_days").GetInt32());
            Assert.Equal(signal.Kept.Chinese, written.GetProperty("kept").GetProperty("zh").GetString());
            Assert.Equal(signal.LegalBasis.English, written.GetProperty("legal_basis").GetProperty("en").GetString());
        }

        Assert.Equal(StoredDataList.All.Count, json.RootElement.GetProperty("stored").GetArrayLength());
        Assert.Equal(OtherFields.All.Count, json.RootElement.GetProperty("other_fields").GetArrayLength());
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    [GeneratedRegex(@"[\u4e00-\u9fff]", RegexOptions.None, 1_000)]
    private static partial Regex Chinese();
}
