using KekeStar.Antifraud.Dashboard.Access;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>
/// Somebody with a browser on a running dashboard; keeps what the browser's console complains about.
/// </summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    private static readonly (string Name, int Width, int Height)[] Sizes = [("phone", 390, 844), ("wide", 1280, 860)];

    private readonly DashboardUnderTest _dashboard;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private BrowserVisit(DashboardUnderTest dashboard, IBrowserContext context, IPage page)
    {
        _dashboard = dashboard;
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" && address.Authority != dashboard.Address.Authority)
            {
                _complaints.Add($"from outside: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the console said, errors of scripts, and what was asked of others than the dashboard.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public static async Task<BrowserVisit> BeginAsync(Browser browser, DashboardUnderTest dashboard)
    {
        var context = await browser.VisitAsync(dashboard.Address);
        return new BrowserVisit(dashboard, context, await context.NewPageAsync());
    }

    /// <summary>Signs in with an account of its own.</summary>
    public async Task SignInAsync(string name, Roles roles)
    {
        await _dashboard.AddAccountAsync(name, roles);
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("Password").FillAsync(DashboardUnderTest.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(Heading).ToHaveTextAsync("Overview");
    }

    /// <summary>Chooses language and theme for the pages that are opened from now on.</summary>
    public async Task ChooseAsync(string language, string theme) => await _context.AddCookiesAsync(
    [
        new Cookie { Name = KekeStar.Antifraud.Dashboard.Language.LanguageChoice.Cookie, Value = language, Url = _dashboard.Address.AbsoluteUri },
        new Cookie { Name = KekeStar.Antifraud.Dashboard.Shell.Preferences.ThemeCookie, Value = theme, Url = _dashboard.Address.AbsoluteUri },
    ]);

    /// <summary>Looks at the page that is open in both widths: no chart is empty, nothing is wider than the screen.</summary>
    public async Task LookAsync(string name)
    {
        foreach (var (size, width, height) in Sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            await ExpectChartsAsync();
            await Browser.ShootAsync(Page, $"{name}.{size}", fullPage: true);

            await CheckWidthAsync($"{name} {size}");
        }
    }

    /// <summary>Writes what a wide screen shows of the page that is open; looks at it as <see cref="LookAsync"/> does.</summary>
    public async Task PictureAsync(string path)
    {
        await Page.SetViewportSizeAsync(1280, 1000);
        await ExpectChartsAsync();
        await CheckWidthAsync(path);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
    }

    private async Task ExpectChartsAsync()
    {
        foreach (var chart in await Page.Locator(".chart").AllAsync())
        {
            await Expect(chart.Locator("svg path").First).ToBeAttachedAsync();
        }
    }

    /// <summary>Complains if the page that is open is wider than the screen.</summary>
    public async Task CheckWidthAsync(string what)
    {
        var beyond = await Browser.BeyondScreenAsync(Page);
        if (beyond.Length > 0)
        {
            _complaints.Add($"{what} is too wide: {beyond}");
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
