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

    private DashboardUnderTest _dashboard = null!;
    private BrowserVisit _visit = null!;

    private IPage Page => _visit.Page;

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync();
        _visit = await BrowserVisit.BeginAsync(browser, _dashboard);
    }

    public async Task DisposeAsync()
    {
        await _visit.DisposeAsync();
        await _dashboard.DisposeAsync();
    }

    [Fact]
    public async Task EveryPage_looks_whole_in_both_languages_both_themes_and_both_widths()
    {
        await FirstSignInAsync();
        await MakeTrafficAsync();
        foreach (var language in new[] { "en", "zh-CN" })
        {
            foreach (var theme in new[] { Preferences.Light, Preferences.Dark })
            {
                await _visit.ChooseAsync(language, theme);
                foreach (var page in NavigationTree.Groups.SelectMany(static group => group.Items))
                {
                    await LookAsync(page.Route, page.Text, language, theme);
                }
            }
        }

        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task Pages_without_a_connection_look_whole_too()
    {
        foreach (var (size, width, height) in Sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            await Page.GotoAsync("/sign-in");
            await _visit.CheckWidthAsync("/sign-in");
            await Browser.ShootAsync(Page, $"sign-in.{size}", fullPage: false);
        }

        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task An_analyst_puts_an_account_on_the_deny_list_and_takes_it_off()
    {
        var account = Requests.NewAccount();
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Page.GotoAsync("/lists");
        await Page.GetByLabel("Identifier").FillAsync(account);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Put on the list" }).ClickAsync();
        var row = Page.Locator("tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("Deny");
        await Expect(Page.GetByLabel("Identifier")).ToHaveValueAsync("");
        Assert.Equal(Verdict.Reject, (await _dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account))).Verdict);

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.DoesNotContain(account, Page.Url, StringComparison.Ordinal);
        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task The_navigation_holds_what_the_role_may_open_and_aPage_that_it_may_not_says_so()
    {
        await _visit.SignInAsync("vera", Roles.Viewer);
        var links = Page.Locator(".drawer .mud-nav-link");
        await Expect(links).ToHaveCountAsync(NavigationTree.Groups.SelectMany(static group => group.Items).Count(static item => AccessTable.OfRoute(item.Route)!.Roles.HasFlag(Roles.Viewer)));
        var answer = await Page.GotoAsync("/accounts");
        Assert.Equal(403, answer!.Status);
        await Expect(_visit.Heading).ToHaveTextAsync("Not allowed");
    }

    [Fact]
    public async Task An_openPage_goes_to_the_sign_in_when_its_session_ends()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Expect(_visit.Heading).ToHaveTextAsync("Overview");
        Assert.Equal(AccountChange.Done, await _dashboard.Accounts.SetDisabledAsync("test", "lin", isDisabled: true));
        _dashboard.Services.GetRequiredService<KekeStar.Antifraud.Dashboard.Sessions.SessionBook>().EndAll("lin");

        await Expect(Page.GetByText("Your session has ended.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task With_the_keyboard_alone_the_first_stop_leads_past_the_navigation()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Expect(_visit.Heading).ToHaveTextAsync("Overview");
        await Page.EvaluateAsync("document.activeElement.blur()");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator(".skip-link")).ToBeFocusedAsync();
        await Expect(Page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        await Expect(Page.GetByRole(AriaRole.Navigation).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_from_the_menu_ends_the_session()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as lin" }).ClickAsync();
        await Page.GetByText("Sign out").ClickAsync();
        await Page.WaitForURLAsync("**/sign-in");
        await Page.GotoAsync("/lists");
        Assert.Contains("/sign-in?return=", Page.Url, StringComparison.Ordinal);
        Assert.Empty(_visit.Complaints);
    }

    private async Task FirstSignInAsync()
    {
        await Page.GotoAsync("/");
        await Page.GetByLabel("Name").FillAsync(AccountBook.FirstName);
        await Page.GetByLabel("Password").FillAsync(_dashboard.FirstPassword);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(PasswordAddress());
        await Browser.ShootAsync(Page, "password.wide", fullPage: false);
        await Page.GetByLabel("Present password").FillAsync(_dashboard.FirstPassword);
        await Page.GetByLabel("New password", new() { Exact = true }).FillAsync(DashboardUnderTest.Password);
        await Page.GetByLabel("New password again").FillAsync(DashboardUnderTest.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(Page.GetByText("The password is changed.")).ToBeVisibleAsync();
        await Page.GetByLabel("Name").FillAsync(AccountBook.FirstName);
        await Page.GetByLabel("Password").FillAsync(DashboardUnderTest.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(_visit.Heading).ToHaveTextAsync("Overview");
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

    private async Task LookAsync(string route, string text, string language, string theme)
    {
        foreach (var (size, width, height) in Sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            await Page.GotoAsync(route);
            var title = KekeStar.Antifraud.Dashboard.Language.Texts.Find(language, text);
            await Expect(_visit.Heading).ToHaveTextAsync(title);
            await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            foreach (var chart in await Page.Locator(".chart").AllAsync())
            {
                await Expect(chart.Locator("svg")).ToBeVisibleAsync();
            }

            await _visit.CheckWidthAsync($"{route} {language} {theme} {size}");
            var name = route == "/" ? "overview" : route.Trim('/');
            await Browser.ShootAsync(Page, $"{name}.{language}.{theme}.{size}", fullPage: false);
        }
    }

    [GeneratedRegex("/account/password", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PasswordAddress();
}
