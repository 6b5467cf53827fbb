using System.Net;
using System.Runtime.Versioning;
using KekeStar.Antifraud.Dashboard.Access;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Sign-in through a real OpenID Connect provider in this process.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CompanySignInTests : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private DashboardUnderTest _dashboard = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _dashboard = await DashboardUnderTest.StartAsync([.. _provider.Settings(), "--Antifraud:Dashboard:Accounts:Enabled=false"]);
    }

    public async Task DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_groups_of_the_token_give_the_roles_and_the_page_asked_for_opens()
    {
        _provider.Groups = ["everybody", "risk-team"];
        using var visitor = _dashboard.Visitor();
        var bridge = await SignInAsync(visitor, "/lists");

        // The strict cookie is not sent on the way back from the provider, so a page of our own leads on.
        Assert.Equal("/signed-in?return=%2Flists", bridge);
        Assert.Contains("url=/lists\"", await visitor.Http.GetStringAsync(bridge), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(visitor, "/lists"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(visitor, "/privacy"));
        Assert.Contains(AuditLines(), static line => line.Contains("\"dashboard_sign_in\"", StringComparison.Ordinal)
            && line.Contains("\"dashboard:lin.mei\"", StringComparison.Ordinal) && line.Contains("\"roles\":\"analyst\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_request_asks_for_a_code_with_a_hashed_verifier_and_nothing_of_it_is_in_the_log()
    {
        _provider.Groups = ["legal"];
        using var visitor = _dashboard.Visitor();
        await SignInAsync(visitor, "/");

        Assert.Equal("code", _provider.Asked!.ResponseType);
        Assert.Equal("S256", _provider.Asked.CodeChallengeMethod);
        Assert.NotNull(_provider.Asked.Nonce);
        Assert.Equal("openid profile", _provider.Asked.Scope);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(visitor, "/privacy"));
        Assert.DoesNotContain(_dashboard.Log.Lines, line => line.Contains("client's own secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_no_role_is_turned_away()
    {
        _provider.Groups = ["everybody"];
        using var visitor = _dashboard.Visitor();

        Assert.Equal("/sign-in?failed=role", await SignInAsync(visitor, "/"));
        Assert.StartsWith("/sign-in?", await TargetOfAsync(visitor, "/"), StringComparison.Ordinal);
        Assert.Contains("has not given you a role", await visitor.Http.GetStringAsync("/sign-in?failed=role"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_back_that_nobody_asked_for_is_refused()
    {
        using var visitor = _dashboard.Visitor();

        Assert.Equal("/sign-in?failed=company", await TargetOfAsync(visitor, "/sign-in/company/callback?code=stolen&state=made-up"));
        Assert.StartsWith("/sign-in?", await TargetOfAsync(visitor, "/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/x", "%2F")]
    [InlineData("https://evil.example/", "%2F")]
    [InlineData("/\\evil.example", "%2F")]
    [InlineData("/audit", "%2Faudit")]
    public async Task The_way_on_stays_within_the_dashboard(string asked, string expected)
    {
        _provider.Groups = ["risk-team"];
        using var visitor = _dashboard.Visitor();
        Assert.Equal($"/signed-in?return={expected}", await SignInAsync(visitor, asked));
    }

    [Fact]
    public async Task Where_accounts_are_off_there_is_no_form_and_no_account()
    {
        using var visitor = _dashboard.Visitor();
        Assert.DoesNotContain("type=\"password\"", await visitor.Http.GetStringAsync("/sign-in"), StringComparison.Ordinal);
        Assert.Empty(_dashboard.Accounts.All);
        Assert.False(File.Exists(Path.Combine(_dashboard.Folder, "accounts.json")));
    }

    [Fact]
    public void A_claim_may_give_several_roles()
    {
        var options = new KekeStar.Antifraud.Service.Dashboard.CompanySignInOptions();
        options.Viewers.Add("v");
        options.Administrators.Add("a");
        var token = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("roles", "a"), new("roles", "v"), new("roles", "A")]));
        Assert.Equal(Roles.Viewer | Roles.Administrator, KekeStar.Antifraud.Dashboard.SignIn.CompanySignIn.RolesOf(token, options));
    }

    private static async Task<HttpStatusCode> StatusOfAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.Http.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<string> TargetOfAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.Http.GetAsync(path);
        return DashboardVisitor.PathOf(answer);
    }

    // To the provider, which agrees at once, and back.
    private static async Task<string> SignInAsync(DashboardVisitor visitor, string page)
    {
        using var asking = await visitor.Http.GetAsync($"/sign-in/company?return={Uri.EscapeDataString(page)}");
        using var agreed = await visitor.Http.GetAsync(asking.Headers.Location);
        return await TargetOfAsync(visitor, agreed.Headers.Location!.AbsoluteUri);
    }

    private IEnumerable<string> AuditLines() => Directory.EnumerateFiles(_dashboard.Host.Audit, "*.jsonl").SelectMany(static file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    });
}
