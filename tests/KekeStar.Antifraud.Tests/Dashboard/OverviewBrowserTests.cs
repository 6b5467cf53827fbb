using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Overview;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Load.Archiving;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The overview over an archive of a day and some hours, in a real browser. Pictures: see <see cref="BrowserVisit"/>.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class OverviewBrowserTests(Browser browser) : IAsyncLifetime
{
    private const int Records = 9_000;

    private static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 1280, 1500), ("phone", 390, 844)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-overview-");
    private DashboardUnderTest _dashboard = null!;
    private BrowserVisit _watched = null!;

    private IPage Page => _watched.Page;

    public async Task InitializeAsync()
    {
        var directory = Path.Combine(_folder.FullName, "archive");
        var to = DateTimeOffset.UtcNow;
        using (var fill = new ArchiveFill(new ArchiveOptions { Directory = directory }, seed: 1, new GeneratedPeople(1_000)))
        {
            await fill.RunAsync(DayCurve.Share(to.AddHours(-26), to, Records), threads: 2, static _ => { }, CancellationToken.None);
        }

        _dashboard = await DashboardUnderTest.StartAsync($"--Antifraud:Archive:Directory={directory}");
        _watched = await BrowserVisit.BeginAsync(browser, _dashboard);
    }

    public async Task DisposeAsync()
    {
        await _watched.DisposeAsync();
        await _dashboard.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Longer_times_come_from_the_archive_and_look_whole()
    {
        await _watched.SignInAsync("lin", Roles.Analyst);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Last 7 days" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Uri(_dashboard.Address, "/?range=7d").AbsoluteUri);
        await Expect(Page.Locator(".tile").First).ToContainTextAsync(Records.ToString("#,0", CultureInfo.InvariantCulture));
        foreach (var language in LanguageChoice.All)
        {
            foreach (var theme in new[] { Preferences.Light, Preferences.Dark })
            {
                await _watched.ChooseAsync(language, theme);
                foreach (var range in OverviewRange.All)
                {
                    await LookAsync(range, language, theme);
                }
            }
        }

        Assert.Empty(_watched.Complaints);
    }

    [Fact]
    public async Task A_decision_appears_in_the_stream_by_its_shortened_account()
    {
        await _watched.SignInAsync("lin", Roles.Analyst);
        var account = Requests.NewAccount();
        await _dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        var pseudonym = _dashboard.Host.Services.GetRequiredService<KeyRing>().Epochs[0].Pseudonymise(EntityKind.Account, Encoding.UTF8.GetBytes(account)).High;

        var stream = Page.GetByRole(AriaRole.Region, new() { Name = "Latest decisions" }).Last;
        await Expect(stream.Locator("tbody tr").First).ToContainTextAsync(pseudonym.ToString("x16", CultureInfo.InvariantCulture)[..8]);
        await Expect(stream.Locator("tbody tr").First).ToContainTextAsync("Login");
        Assert.Empty(_watched.Complaints);
    }

    [Fact]
    public async Task A_viewer_sees_figures_and_no_single_decision()
    {
        await _watched.SignInAsync("vera", Roles.Viewer);
        await Expect(Page.Locator(".tiles")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Latest decisions")).ToHaveCountAsync(0);
        await Page.GotoAsync("/?range=24h");
        await Expect(Page.GetByText("Figures about fewer than 5 accounts are left out.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_an_archive_the_page_is_live_and_says_so()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        await using var watched = await BrowserVisit.BeginAsync(browser, dashboard);
        await watched.SignInAsync("lin", Roles.Analyst);

        await Expect(watched.Page.GetByText("This instance keeps no decision archive")).ToBeVisibleAsync();
        await Expect(watched.Page.GetByRole(AriaRole.Link, new() { Name = "Last 7 days" })).ToHaveCountAsync(0);
        Assert.Empty(watched.Complaints);
    }

    private async Task LookAsync(OverviewRange range, string language, string theme)
    {
        foreach (var (size, width, height) in Sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            await Page.GotoAsync(range.Address);
            await Expect(Page.Locator(".ranges .chosen")).ToHaveTextAsync(Texts.Find(language, range.Text));
            await Expect(Page.Locator(".chart svg")).ToHaveCountAsync(range.IsLive ? 4 : 5);
            await _watched.CheckWidthAsync($"{range.Name} {language} {theme} {size}");
            await Browser.ShootAsync(Page, $"overview-{range.Name}.{language}.{theme}.{size}", fullPage: size == "phone");
        }
    }
}
