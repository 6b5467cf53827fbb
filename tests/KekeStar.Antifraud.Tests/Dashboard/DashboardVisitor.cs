using System.Net;
using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>A browser as far as cookies and forms go; it follows no redirect by itself.</summary>
internal sealed partial class DashboardVisitor : IDisposable
{
    private const int TimeoutMilliseconds = 1_000;

    private readonly CookieContainer _cookies = new();

    public DashboardVisitor(Uri address, Action<SocketsHttpHandler>? configure = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = _cookies };
        configure?.Invoke(handler);
        Http = new HttpClient(handler) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    public IReadOnlyList<Cookie> Cookies => [.. _cookies.GetAllCookies().Cast<Cookie>()];

    /// <summary>Sends a form of a page, with the token that the page holds.</summary>
    public async Task<HttpResponseMessage> SendFormAsync(string page, string handler, params (string Name, string Value)[] fields)
    {
        var form = await Http.GetStringAsync(page);
        var values = fields.Select(static field => KeyValuePair.Create($"Form.{field.Name}", field.Value)).ToList();
        values.Add(KeyValuePair.Create("_handler", handler));
        values.Add(KeyValuePair.Create("__RequestVerificationToken", Token().Match(form).Groups["token"].Value));
        using var content = new FormUrlEncodedContent(values);
        return await Http.PostAsync(page, content);
    }

    public Task<HttpResponseMessage> TrySignInAsync(string name, string password, string page = "/sign-in") =>
        SendFormAsync(page, "sign-in", ("Name", name), ("Password", password));

    public async Task SignInAsync(string name, string password)
    {
        using var answer = await TrySignInAsync(name, password);
        Assert.Equal("/", PathOf(answer));
    }

    public Task<HttpResponseMessage> ChangePasswordAsync(string old, string password) =>
        SendFormAsync("/account/password", "password", ("Old", old), ("New", password), ("Again", password));

    /// <summary>Path and query that an answer leads to; empty: it leads nowhere.</summary>
    public static string PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is not { } location ? "" : location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Token();
}
