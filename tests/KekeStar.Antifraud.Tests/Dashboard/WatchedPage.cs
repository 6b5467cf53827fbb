using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>A page of a dashboard in a browser of its own cookies, with whatever its console complains of.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly DashboardUnderTest _dashboard;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private WatchedPage(DashboardUnderTest dashboard, IBrowserContext context, IPage page)
    {
        _dashboard = dashboard;
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A page that is left while it is being drawn: Blazor's answer finds the connection closed.
            if (message.Type is "error" or "warning" && !message.Text.Contains("if the connection is not in the 'Connected' State", StringComparison.Ordinal))
            {
                _complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<WatchedPage> OpenAsync(Browser browser, DashboardUnderTest dashboard)
    {
        var context = await browser.Chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = dashboard.Address.AbsoluteUri,
            Locale = "en-GB",
            TimezoneId = "Asia/Shanghai",
            ColorScheme = ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new WatchedPage(dashboard, context, await context.NewPageAsync());
    }

    /// <summary>Makes an account and signs in with it.</summary>
    public async Task SignInAsync(string name, Roles roles)
    {
        await _dashboard.AddAccountAsync(name, roles);
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("Password").FillAsync(DashboardUnderTest.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    /// <summary>Chooses language and theme, as the menus do.</summary>
    public async Task ChooseAsync(string language, string theme) => await _context.AddCookiesAsync(
    [
        new Cookie { Name = LanguageChoice.Cookie, Value = language, Url = _dashboard.Address.AbsoluteUri },
        new Cookie { Name = Preferences.ThemeCookie, Value = theme, Url = _dashboard.Address.AbsoluteUri },
    ]);

    /// <summary>The page is no wider than the screen.</summary>
    public async Task CheckWidthAsync(string what)
    {
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{what} is {overflow} px too wide.");
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
