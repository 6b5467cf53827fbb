using System.Text.RegularExpressions;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Dashboard.SignIn;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>
/// The dashboard in a real browser, Debian's Chromium. With DASHBOARD_SCREENSHOTS set to a folder, a picture of each page is written there
/// in both languages, both themes and both widths.
/// </summary>
[Collection(nameof(BrowserCollection))]
public sealed partial class BrowserTests(Browser browser) : IAsyncLifetime
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 1280, 860), ("phone", 390, 844)];
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("DASHBOARD_SCREENSHOTS");

    private readonly List<string> _complaints = [];
    private DashboardUnderTest _dashboard = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync();
        _context = await browser.VisitAsync(_dashboard.Address);
        _page = await _context.NewPageAsync();
        _page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add($"{_page.Url}: {message.Text}");
            }
        };
        _page.PageError += (_, error) => _complaints.Add($"{_page.Url}: {error}");
        _page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" && address.Authority != _dashboard.Address.Authority)
            {
                _complaints.Add($"from outside: {request.Url}");
            }
        };
    }

    public async Task DisposeAsync()
    {
        await _context.DisposeAsync();
        await _dashboard.DisposeAsync();
    }

    [Fact]
    public async Task Every_page_looks_whole_in_both_languages_both_themes_and_both_widths()
    {
        await FirstSignInAsync();
        await MakeTrafficAsync();
        foreach (var language in new[] { "en", "zh-CN" })
        {
            foreach (var theme in new[] { Preferences.Light, Preferences.Dark })
            {
                await ChooseAsync(language, theme);
                foreach (var page in NavigationTree.Groups.SelectMany(static group => group.Items))
                {
                    await LookAsync(page.Route, page.Text, language, theme);
                }
            }
        }

        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Pages_without_a_connection_look_whole_too()
    {
        foreach (var (size, width, height) in Sizes)
        {
            await _page.SetViewportSizeAsync(width, height);
            await _page.GotoAsync("/sign-in");
            await CheckWidthAsync("/sign-in");
            await ShootAsync($"sign-in.{size}");
        }

        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task An_analyst_puts_an_account_on_the_deny_list_and_takes_it_off()
    {
        var account = Requests.NewAccount();
        await SignInAsync("lin", Roles.Analyst);
        await _page.GotoAsync("/lists");
        await _page.GetByLabel("Identifier").FillAsync(account);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Put on the list" }).ClickAsync();
        var row = _page.Locator("tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("Deny");
        await Expect(_page.GetByLabel("Identifier")).ToHaveValueAsync("");
        Assert.Equal(Verdict.Reject, (await _dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Verdict);

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.DoesNotContain(account, _page.Url, StringComparison.Ordinal);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task The_navigation_holds_what_the_role_may_open_and_a_page_that_it_may_not_says_so()
    {
        await SignInAsync("vera", Roles.Viewer);
        var links = _page.Locator(".drawer .mud-nav-link");
        await Expect(links).ToHaveCountAsync(NavigationTree.Groups.SelectMany(static group => group.Items).Count(static item => AccessTable.OfRoute(item.Route)!.Roles.HasFlag(Roles.Viewer)));
        var answer = await _page.GotoAsync("/accounts");
        Assert.Equal(403, answer!.Status);
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Not allowed");
    }

    [Fact]
    public async Task An_open_page_goes_to_the_sign_in_when_its_session_ends()
    {
        await SignInAsync("lin", Roles.Analyst);
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        Assert.Equal(AccountChange.Done, await _dashboard.Accounts.SetDisabledAsync("test", "lin", isDisabled: true));
        _dashboard.Services.GetRequiredService<KekeStar.Antifraud.Dashboard.Sessions.SessionBook>().EndAll("lin");

        await Expect(_page.GetByText("Your session has ended.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task With_the_keyboard_alone_the_first_stop_leads_past_the_navigation()
    {
        await SignInAsync("lin", Roles.Analyst);
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        await _page.EvaluateAsync("document.activeElement.blur()");
        await _page.Keyboard.PressAsync("Tab");
        await Expect(_page.Locator(".skip-link")).ToBeFocusedAsync();
        await Expect(_page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await Expect(_page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_from_the_menu_ends_the_session()
    {
        await SignInAsync("lin", Roles.Analyst);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Signed in as lin" }).ClickAsync();
        await _page.GetByText("Sign out").ClickAsync();
        await _page.WaitForURLAsync("**/sign-in");
        await _page.GotoAsync("/lists");
        Assert.Contains("/sign-in?return=", _page.Url, StringComparison.Ordinal);
        Assert.Empty(_complaints);
    }

    private async Task FirstSignInAsync()
    {
        await _page.GotoAsync("/");
        await _page.GetByLabel("Name").FillAsync(AccountBook.FirstName);
        await _page.GetByLabel("Password").FillAsync(_dashboard.FirstPassword);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(_page).ToHaveURLAsync(PasswordAddress());
        await ShootAsync("password.wide");
        await _page.GetByLabel("Present password").FillAsync(_dashboard.FirstPassword);
        await _page.GetByLabel("New password", new() { Exact = true }).FillAsync(DashboardUnderTest.Password);
        await _page.GetByLabel("New password again").FillAsync(DashboardUnderTest.Password);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(_page.GetByText("The password is changed.")).ToBeVisibleAsync();
        await _page.GetByLabel("Name").FillAsync(AccountBook.FirstName);
        await _page.GetByLabel("Password").FillAsync(DashboardUnderTest.Password);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    private async Task SignInAsync(string name, Roles roles)
    {
        await _dashboard.AddAccountAsync(name, roles);
        await _page.GotoAsync("/sign-in");
        await _page.GetByLabel("Name").FillAsync(name);
        await _page.GetByLabel("Password").FillAsync(DashboardUnderTest.Password);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    // Something of everything, so that no page is empty.
    private async Task MakeTrafficAsync()
    {
        var desk = _dashboard.Services.CreateScope().ServiceProvider.GetRequiredService<KekeStar.Antifraud.Dashboard.Lists.ListDesk>();
        var analyst = Person.Make("lin.mei", Roles.Analyst, Person.Local, mustChange: false);
        ListKind[] lists = [ListKind.Deny, ListKind.Grey, ListKind.Allow];
        for (var i = 0; i < 9; i++)
        {
            await desk.PutAsync(
                analyst, "account", System.Text.Encoding.UTF8.GetBytes($"listed-{i}"), lists[i % 3], TimeProvider.System.GetUtcNow().AddHours(3 + (i * 7)));
        }

        await _dashboard.AddAccountAsync("lin.mei", Roles.Analyst);
        await _dashboard.AddAccountAsync("wang.wei", Roles.PrivacyOfficer | Roles.Viewer);
        await Task.Delay(KekeStar.Antifraud.Windows.Journals.JournalLimits.RefreshInterval * 2);
        var live = _dashboard.Services.GetRequiredService<LiveDecisions>();
        var random = new Random(7);
        for (var interval = 0; interval < 24; interval++)
        {
            for (var i = 0; i < 30 + random.Next(30); i++)
            {
                var account = random.Next(10) == 0 ? $"listed-{random.Next(9)}" : Requests.NewAccount();
                var request = Requests.Event(Requests.NewDevice(), account, (Scene)(1 + random.Next(8)));
                request.ThirdParty = new ThirdPartyResults { VendorScore = (uint)(random.NextDouble() * random.NextDouble() * 1000) };
                await _dashboard.Host.Client.ScoreAsync(request);
            }

            live.End();
        }
    }

    private async Task ChooseAsync(string language, string theme) => await _context.AddCookiesAsync(
    [
        new Cookie { Name = KekeStar.Antifraud.Dashboard.Language.LanguageChoice.Cookie, Value = language, Url = _dashboard.Address.AbsoluteUri },
        new Cookie { Name = Preferences.ThemeCookie, Value = theme, Url = _dashboard.Address.AbsoluteUri },
    ]);

    private async Task LookAsync(string route, string text, string language, string theme)
    {
        foreach (var (size, width, height) in Sizes)
        {
            await _page.SetViewportSizeAsync(width, height);
            await _page.GotoAsync(route);
            var title = KekeStar.Antifraud.Dashboard.Language.Texts.Find(language, text);
            await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
            await Expect(_page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Expect(_page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            foreach (var chart in await _page.Locator(".chart").AllAsync())
            {
                await Expect(chart.Locator("svg")).ToBeVisibleAsync();
            }

            await CheckWidthAsync($"{route} {language} {theme} {size}");
            var name = route == "/" ? "overview" : route.Trim('/');
            await ShootAsync($"{name}.{language}.{theme}.{size}");
        }
    }

    private async Task CheckWidthAsync(string what)
    {
        var beyond = await Browser.BeyondScreenAsync(_page);
        Assert.True(beyond.Length == 0, $"{what} is too wide: {beyond}");
    }

    private async Task ShootAsync(string name)
    {
        if (Screenshots is { Length: > 0 } folder)
        {
            await _page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = false });
        }
    }

    [GeneratedRegex("/account/password", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PasswordAddress();
}
