using System.Net;
using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Tests.Service;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>What browsers are told, on loopback and over TLS.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/assets/dashboard.css")]
    [InlineData("/nothing/here")]
    [InlineData("/_blazor/negotiate")]
    public async Task Every_answer_says_what_the_browser_may_do_with_it(string path)
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        using var visitor = dashboard.Visitor();
        using var answer = await visitor.Http.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_page_is_never_kept_and_an_asset_of_this_version_for_ever()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        using var visitor = dashboard.Visitor();
        using var page = await visitor.Http.GetAsync("/sign-in");
        Assert.Contains("no-store", page.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var asset = await visitor.Http.GetAsync(KekeStar.Antifraud.Dashboard.Assets.AssetBook.AddressOf("dashboard.css"));
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/dashboard.css");
        request.Headers.IfNoneMatch.Add(asset.Headers.ETag!);
        using var again = await visitor.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var missing = await visitor.Http.GetAsync("/assets/..%2f..%2fkeys.json");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Assets_come_compressed_to_whoever_takes_that()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        using var visitor = dashboard.Visitor();
        var plain = await visitor.Http.GetByteArrayAsync("/assets/dashboard.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/dashboard.css");
        request.Headers.Add("Accept-Encoding", "gzip, br");
        using var answer = await visitor.Http.SendAsync(request);
        using var text = new MemoryStream();
        await using (var brotli = new System.IO.Compression.BrotliStream(await answer.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress))
        {
            await brotli.CopyToAsync(text);
        }

        Assert.Equal(plain, text.ToArray());
    }

    [Fact]
    public async Task No_page_brings_anything_from_another_host_or_a_script_of_its_own()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        using var visitor = await dashboard.SignedInAsync("lin", KekeStar.Antifraud.Dashboard.Access.Roles.All);
        foreach (var path in new[] { "/sign-in", "/", "/account/password" })
        {
            var page = await visitor.Http.GetStringAsync(path);
            Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
            Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)[^>]*>", page);
            Assert.DoesNotMatch("\\son[a-z]+=\"", page);
        }
    }

    [Fact]
    public async Task Cookies_are_strict_and_out_of_reach_of_scripts()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        using var visitor = dashboard.Visitor();
        using var answer = await visitor.TrySignInAsync(AccountBook.FirstName, dashboard.FirstPassword);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), static set => set.StartsWith("antifraud-session=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Over_TLS_cookies_are_bound_to_the_host_and_browsers_stay_with_TLS()
    {
        using var certificates = new TestCertificates();
        await using var dashboard = await DashboardUnderTest.StartAsync(
            "--Antifraud:Dashboard:Listen=https://127.0.0.1:0",
            $"--Antifraud:Listen:CertificateFile={certificates.ServerFile}",
            $"--Antifraud:Listen:PrivateKeyFile={certificates.ServerKeyFile}");
        using var visitor = dashboard.Visitor(certificates.Trust);
        using var answer = await visitor.TrySignInAsync(AccountBook.FirstName, dashboard.FirstPassword);

        Assert.Equal("https", dashboard.Address.Scheme);
        Assert.Contains("max-age=", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.All(visitor.Cookies, static cookie => Assert.True(cookie.Name.StartsWith("__Host-", StringComparison.Ordinal) && cookie is { Secure: true, HttpOnly: true, Path: "/" }));
        Assert.Equal(2, visitor.Cookies.Count);
    }
}
