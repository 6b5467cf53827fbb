using System.Text;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Tests.Service.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The page of people's rights in a real browser, over the store and the archive that it erases from.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class PrivacyBrowserTests(Browser browser) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-privacy-");
    private DashboardUnderTest _dashboard = null!;
    private BrowserVisit _visit = null!;

    private IPage Page => _visit.Page;

    private ILocator Rows => Page.Locator("table.requests tbody tr");

    private DecisionArchive Archive => _dashboard.Host.Services.GetRequiredService<DecisionArchive>();

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync(GangTraffic.Settings(_folder.FullName));
        _visit = await BrowserVisit.BeginAsync(browser, _dashboard);
    }

    public async Task DisposeAsync()
    {
        await _visit.DisposeAsync();
        await _dashboard.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_erasure_goes_on_while_its_officer_looks_elsewhere_and_leaves_nothing_of_the_account()
    {
        var (account, other, device) = (Requests.NewAccount(), Requests.NewAccount(), Requests.NewDevice());
        foreach (var scored in new[] { account, account, other })
        {
            await _dashboard.Host.ScoreAsync(Requests.Event(device, scored));
        }

        await Patience.UntilAsync(async () => (await GangTraffic.NewestAsync(Archive)).Count == 3);
        await _visit.SignInAsync("wang", Roles.PrivacyOfficer);
        await Page.GotoAsync("/privacy");
        await Expect(Page.GetByText("No request yet.")).ToBeVisibleAsync();

        await Page.GetByLabel("Account", new() { Exact = true }).FillAsync(account);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Erase", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Erase for good" }).ClickAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await Page.Locator(".drawer a[href$=inventory]").ClickAsync();
        await Expect(Page.Locator("table.requests")).ToHaveCountAsync(0);
        await Page.Locator(".drawer a[href$=privacy]").ClickAsync();

        await Expect(Rows.Locator("td.state")).ToContainTextAsync("Done");
        await Expect(Rows.Locator("td.state")).ToContainTextAsync("records in");
        await Expect(Rows).ToContainTextAsync("dashboard:wang");
        var receipt = await Rows.Locator("code").Last.TextContentAsync();
        Assert.Equal(["asked", "done"], _dashboard.Host.AuditLines("erase_account").States(receipt!), StringComparer.Ordinal);

        // Neither windows nor archive have anything of it, and what the other did stays.
        Assert.Empty((await _dashboard.Host.ExportAsync(account)).Logs());
        Assert.Single(await GangTraffic.NewestAsync(Archive));
        Assert.NotEmpty((await _dashboard.Host.ExportAsync(other)).Logs());
        Assert.DoesNotContain(account, _dashboard.Host.AuditText(), StringComparison.Ordinal);
        Assert.DoesNotContain(account, await Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(account, Page.Url, StringComparison.Ordinal);
        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task An_export_is_saved_and_the_requests_look_whole_in_both_languages_and_themes()
    {
        var account = Requests.NewAccount();
        await _dashboard.Host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        await _dashboard.Host.WithdrawAsync(account, V1.ConsentCategory.Motion);
        await _visit.SignInAsync("wang", Roles.PrivacyOfficer);
        await Page.GotoAsync("/privacy");
        await Page.GetByLabel("Account", new() { Exact = true }).FillAsync(account);
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync());

        // What others ask by other ways stands there too.
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Rows.First).ToContainTextAsync("dashboard:wang");
        await Expect(Rows.Last).ToContainTextAsync("loopback");
        Assert.Contains("\"records\"", await File.ReadAllTextAsync(await download.PathAsync(), Encoding.UTF8), StringComparison.Ordinal);
        foreach (var language in LanguageChoice.All)
        {
            foreach (var theme in new[] { Preferences.Light, Preferences.Dark })
            {
                await _visit.ChooseAsync(language, theme);
                await Page.GotoAsync("/privacy");
                await Expect(Page.GetByText(Texts.Find(language, "RightsState.Done")).First).ToBeVisibleAsync();
                await _visit.LookAsync($"privacy.{language}.{theme}");
            }
        }

        Assert.Empty(_visit.Complaints);
    }
}
