using System.Net;
using System.Runtime.Versioning;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.SignIn;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Sign-in with accounts of the dashboard's own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SignInTests : IAsyncLifetime
{
    private DashboardUnderTest _dashboard = null!;

    public async Task InitializeAsync() => _dashboard = await DashboardUnderTest.StartAsync("--Antifraud:Dashboard:Accounts:MaxFailures=3");

    public async Task DisposeAsync() => await _dashboard.DisposeAsync();

    [Fact]
    public async Task The_first_password_opens_nothing_but_the_page_that_changes_it()
    {
        using var visitor = _dashboard.Visitor();
        await visitor.SignInAsync(AccountBook.FirstName, _dashboard.FirstPassword);
        Assert.Equal("/account/password", await TargetAsync(visitor, "/"));

        using var changed = await visitor.ChangePasswordAsync(_dashboard.FirstPassword, DashboardUnderTest.Password);
        Assert.Equal("/sign-in?changed=true", DashboardVisitor.PathOf(changed));
        await visitor.SignInAsync(AccountBook.FirstName, DashboardUnderTest.Password);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/accounts"));

        using var again = _dashboard.Visitor();
        using var old = await again.TrySignInAsync(AccountBook.FirstName, _dashboard.FirstPassword);
        Assert.Equal("", DashboardVisitor.PathOf(old));
        await again.SignInAsync(AccountBook.FirstName, DashboardUnderTest.Password);
    }

    [Fact]
    public async Task The_first_password_is_printed_once_and_stands_in_no_file()
    {
        Assert.Equal(20, _dashboard.FirstPassword.Length);
        Assert.Single(_dashboard.Log.Lines, line => line.Contains(_dashboard.FirstPassword, StringComparison.Ordinal));
        var file = Path.Combine(_dashboard.Folder, "accounts.json");
        Assert.DoesNotContain(_dashboard.FirstPassword, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("admin", "not the password")]
    [InlineData("nobody-here", "not the password")]
    [InlineData("", "")]
    [InlineData("<script>", "x")]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer(string name, string password)
    {
        using var visitor = _dashboard.Visitor();
        using var answer = await visitor.TrySignInAsync(name, password);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Name or password is wrong, or the account is locked.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies, static cookie => cookie.Name.EndsWith("antifraud-session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        await _dashboard.AddAccountAsync("lin", Roles.Analyst);
        using var visitor = _dashboard.Visitor();
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await visitor.TrySignInAsync("lin", "not the password");
        }

        using var right = await visitor.TrySignInAsync("lin", DashboardUnderTest.Password);
        Assert.Equal("", DashboardVisitor.PathOf(right));
        Assert.Contains(AuditLog(), static line => line.Contains("\"dashboard_locked\"", StringComparison.Ordinal) && line.Contains("\"lin\"", StringComparison.Ordinal));

        // Another account is not locked with it.
        await visitor.SignInAsync(AccountBook.FirstName, _dashboard.FirstPassword);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var visitor = _dashboard.Visitor();
        using var content = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Name", "admin"), new("Form.Password", _dashboard.FirstPassword)]);
        using var answer = await visitor.Http.PostAsync("/sign-in", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_refused()
    {
        using var visitor = _dashboard.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("_handler", "sign-in")]) };
        request.Headers.Add("Origin", "http://evil.example");
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_session_for_whoever_has_its_cookie()
    {
        using var visitor = await _dashboard.SignedInAsync("lin", Roles.Analyst);
        using var thief = _dashboard.Visitor();
        thief.Http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", visitor.Cookies.Select(static cookie => $"{cookie.Name}={cookie.Value}")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(thief, "/lists"));

        // The page holds the token of the form that signs out.
        using var refused = await visitor.Http.PostAsync("/sign-out", content: null);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var changed = await visitor.ChangePasswordAsync(DashboardUnderTest.Password, DashboardUnderTest.Password + " and more");
        Assert.Equal("/sign-in?changed=true", DashboardVisitor.PathOf(changed));

        // A change of the password ends all sessions, its own too.
        await visitor.SignInAsync("lin", DashboardUnderTest.Password + " and more");
        Assert.StartsWith("/sign-in", await TargetAsync(thief, "/lists"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(visitor, "/lists"));
    }

    [Fact]
    public async Task An_account_that_is_disabled_or_loses_a_role_is_out_at_once()
    {
        using var visitor = await _dashboard.SignedInAsync("lin", Roles.Analyst);
        var desk = new KekeStar.Antifraud.Dashboard.Accounts.AccountDesk(_dashboard.Accounts, Get<LockOuts>(), Get<KekeStar.Antifraud.Dashboard.Sessions.SessionBook>());
        var administrator = Person.Make("admin", Roles.Administrator, Person.Local, mustChange: false);

        Assert.Equal(AccountChange.Done, await desk.SetRolesAsync(administrator, "lin", Roles.Viewer));
        Assert.StartsWith("/sign-in", await TargetAsync(visitor, "/lists"), StringComparison.Ordinal);
        await visitor.SignInAsync("lin", DashboardUnderTest.Password);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(visitor, "/lists"));

        Assert.Equal(AccountChange.Done, await desk.SetDisabledAsync(administrator, "lin", isDisabled: true));
        Assert.StartsWith("/sign-in", await TargetAsync(visitor, "/"), StringComparison.Ordinal);
        using var answer = await visitor.TrySignInAsync("lin", DashboardUnderTest.Password);
        Assert.Equal("", DashboardVisitor.PathOf(answer));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        Assert.Equal(AccountChange.LastAdministrator, await _dashboard.Accounts.RemoveAsync("test", AccountBook.FirstName));
        Assert.Equal(AccountChange.LastAdministrator, await _dashboard.Accounts.SetDisabledAsync("test", AccountBook.FirstName, isDisabled: true));
        Assert.Equal(AccountChange.LastAdministrator, await _dashboard.Accounts.SetRolesAsync("test", AccountBook.FirstName, Roles.Viewer));
        Assert.Equal(AccountChange.NoRole, await _dashboard.Accounts.SetRolesAsync("test", AccountBook.FirstName, Roles.None));
        Assert.Equal(AccountChange.NotFound, await _dashboard.Accounts.RemoveAsync("test", "nobody"));
        Assert.Equal(AccountChange.NameTaken, (await _dashboard.Accounts.AddAsync("test", AccountBook.FirstName, Roles.Viewer, CancellationToken.None)).Change);
        Assert.Equal(AccountChange.BadName, (await _dashboard.Accounts.AddAsync("test", "Upper Case", Roles.Viewer, CancellationToken.None)).Change);
    }

    [Fact]
    public async Task The_return_path_is_kept_and_another_site_is_not()
    {
        using var visitor = _dashboard.Visitor();
        Assert.Equal("/sign-in?return=%2Flists", await TargetAsync(visitor, "/lists"));
        using var within = await visitor.TrySignInAsync(AccountBook.FirstName, _dashboard.FirstPassword, "/sign-in?return=%2Flists");
        Assert.Equal("/lists", DashboardVisitor.PathOf(within));

        using var other = _dashboard.Visitor();
        using var elsewhere = await other.TrySignInAsync(AccountBook.FirstName, _dashboard.FirstPassword, "/sign-in?return=%2F%2Fevil.example");
        Assert.Equal("/", DashboardVisitor.PathOf(elsewhere));
    }

    [Fact]
    public async Task Accounts_are_there_after_a_restart_and_the_first_password_is_not_made_again()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-dashboard-");
        File.Copy(Path.Combine(_dashboard.Folder, "accounts.json"), Path.Combine(folder.FullName, "accounts.json"));
        await using var again = await DashboardUnderTest.StartInAsync(folder);
        using var visitor = again.Visitor();

        await visitor.SignInAsync(AccountBook.FirstName, _dashboard.FirstPassword);
        Assert.DoesNotContain(again.Log.Lines, static line => line.Contains("First start", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"accounts\":[{\"name\":\"a\",\"hash\":\"\",\"roles\":[\"king\"],\"must_change\":false,\"disabled\":false,\"changed\":\"2026-01-01T00:00:00Z\"}]}", "'king' is no role")]
    [InlineData("{", "accounts.json")]
    [InlineData("{}", "accounts.json")]
    public async Task An_accounts_file_with_errors_stops_the_start(string text, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-dashboard-");
        var file = Path.Combine(folder.FullName, "accounts.json");
        await File.WriteAllTextAsync(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => DashboardUnderTest.StartInAsync(folder));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static async Task<HttpStatusCode> StatusAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.Http.GetAsync(path);
        return answer.StatusCode;
    }

    private static async Task<string> TargetAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.Http.GetAsync(path);
        return DashboardVisitor.PathOf(answer);
    }

    private T Get<T>()
        where T : notnull => (T)_dashboard.Services.GetService(typeof(T))!;

    private IEnumerable<string> AuditLog() => Directory.EnumerateFiles(_dashboard.Host.Audit, "*.jsonl").SelectMany(static file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    });
}
