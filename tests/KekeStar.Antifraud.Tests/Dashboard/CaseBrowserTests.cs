using System.Globalization;
using System.Text.RegularExpressions;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The pages of single cases in a real browser: from a decision to its reasons, its entities and its gang.</summary>
[Collection(nameof(BrowserCollection))]
public sealed partial class CaseBrowserTests(Browser browser) : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 1_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-cases-");
    private DashboardUnderTest _dashboard = null!;
    private BrowserVisit _visit = null!;
    private IReadOnlyList<string> _gang = [];

    private IPage Page => _visit.Page;

    private ILocator Rows => Page.Locator("table.decisions tbody tr");

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync(GangTraffic.Settings(_folder.FullName));
        _gang = await GangTraffic.SendAsync(_dashboard.Host.Client, _dashboard.Host.Services.GetRequiredService<DecisionArchive>());
        _visit = await BrowserVisit.BeginAsync(browser, _dashboard);
    }

    public async Task DisposeAsync()
    {
        await _visit.DisposeAsync();
        await _dashboard.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_analyst_goes_from_the_overview_to_a_decision_whose_waterfall_sums_to_the_score_and_on_to_the_gang()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Expect(Page.Locator(".gang-card tbody tr").First).ToContainTextAsync("Gang of");

        await Page.Locator(".drawer").GetByText("Decisions", new() { Exact = true }).ClickAsync();
        await Expect(Rows).ToHaveCountAsync(GangTraffic.People + GangTraffic.Registrations);
        await Page.GetByLabel("Scene", new() { Exact = true }).SelectOptionAsync("register");
        await Expect(Rows).ToHaveCountAsync(GangTraffic.Registrations);
        await Page.GetByLabel("Lowest score").FillAsync("300");
        await Page.GetByLabel("Lowest score").PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Regex("scene=register&score=300", RegexOptions.None, TimeSpan.FromSeconds(1)));

        // The newest is the last of the gang, and the worst.
        var score = await Rows.First.Locator("td.number").First.TextContentAsync();
        await Rows.First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(_visit.Heading).ToHaveTextAsync(DecisionTitle());
        await Expect(Page.Locator("table.waterfall td.sum")).ToBeVisibleAsync();
        var added = await Page.Locator("table.waterfall td.added").AllTextContentsAsync();
        Assert.True(added.Count > 1);
        Assert.Equal(decimal.Parse(score!, CultureInfo.InvariantCulture), added.Sum(Number));
        Assert.Equal(decimal.Parse(score!, CultureInfo.InvariantCulture), Number((await Page.Locator("table.waterfall td.sum").TextContentAsync())!));
        await Expect(Page.GetByText("The policy that decided is still in force.")).ToBeVisibleAsync();
        await Expect(Page.Locator("table.replay tr.changed")).ToHaveCountAsync(0);
        await _visit.LookAsync("decision.en");

        // The graph leads to the gang, by a click on its node.
        await Page.Locator(".chart svg text").GetByText("Its gang").ClickAsync();
        await Expect(_visit.Heading).ToHaveTextAsync(GangTitle());
        await Expect(Page.Locator("table.members tbody tr").First).ToBeVisibleAsync();
        await Expect(Page.Locator("table.common")).ToContainTextAsync("software.root");
        await _visit.LookAsync("gang.en");

        await Page.Locator("table.members tbody tr").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(_visit.Heading).ToHaveTextAsync(AccountTitle());
        await Expect(Page.Locator("table.links tbody tr").First).ToBeVisibleAsync();
        await _visit.LookAsync("entity.en");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Decisions", Exact = true }).Last.ClickAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task An_identifier_is_looked_up_without_standing_in_an_address()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Page.GotoAsync("/decisions");
        await Page.GetByText("Look up an identifier").ClickAsync();
        await Page.GetByLabel("Identifier").FillAsync(_gang[0]);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Look up" }).ClickAsync();

        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Page.Locator(".filter-chip")).ToContainTextAsync("Account");
        Assert.DoesNotContain(_gang[0], Page.Url, StringComparison.Ordinal);
        await Page.Locator(".filter-chip").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(GangTraffic.People + GangTraffic.Registrations);
        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task Live_shows_a_decision_that_is_made_now()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await Page.GotoAsync("/decisions?scene=withdraw");
        await Page.GetByLabel("Live", new() { Exact = true }).CheckAsync();
        var before = await Rows.CountAsync();
        await _dashboard.Host.Client.ScoreAsync(Service.Requests.Event(Service.Requests.NewDevice(), Service.Requests.NewAccount(), V1.Scene.Withdraw));

        await Expect(Rows).ToHaveCountAsync(before + 1);
        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task The_pages_look_whole_in_both_languages_and_themes()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        var row = (await GangTraffic.NewestAsync(_dashboard.Host.Services.GetRequiredService<DecisionArchive>())).MaxBy(static row => row.Score)!;
        (string Name, string Route, string Text)[] pages =
        [
            ("overview", "/", "Overview.Title"),
            ("decisions", "/decisions", "Decisions.Title"),
            ("decision", KekeStar.Antifraud.Dashboard.Decisions.DecisionWords.PageOf(row.Decision, row.Time), "Replay.Title"),
            ("entity", $"/entities/device/{row.Device:x16}", "Entity.Links"),
            ("gangs", "/gangs", "Gangs.Found"),
            ("gang", $"/gangs/device/{row.Device:x16}", "Gang.Shared"),
        ];
        foreach (var language in LanguageChoice.All)
        {
            foreach (var theme in new[] { Preferences.Light, Preferences.Dark })
            {
                await _visit.ChooseAsync(language, theme);
                foreach (var (name, route, text) in pages)
                {
                    await Page.GotoAsync(route);
                    await Expect(Page.Locator("h1, h2").GetByText(Texts.Find(language, text), new() { Exact = true }).First).ToBeVisibleAsync();
                    await Expect(Page.GetByText(Texts.Find(language, "Archive.Asking"))).ToHaveCountAsync(0);

                    // The table of gangs has many columns; on a wide screen all of them are in sight beside the drawer, which a phone's width closes.
                    Assert.True(name != "gangs" || await Page.Locator("table.gangs").EvaluateAsync<bool>("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth"));
                    await _visit.LookAsync($"{name}.{language}.{theme}");
                }
            }
        }

        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task In_Chinese_a_decision_explains_itself_in_Chinese()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        await _visit.ChooseAsync(LanguageChoice.Chinese, Preferences.Light);
        await Page.GotoAsync("/decisions?scene=register&score=300");
        await Rows.First.GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "分数构成" })).ToBeVisibleAsync();
        await Expect(Page.Locator("table.waterfall .reason").First).ToHaveTextAsync(Chinese());
        await Expect(Page.GetByText(Texts.Find(LanguageChoice.Chinese, "Receipt.Identical"))).ToBeVisibleAsync();
        await Expect(Page.GetByText("将判为通过。").First).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "的所属团伙" }).First.ClickAsync();
        await Expect(_visit.Heading).ToContainTextAsync("的团伙");
        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task A_viewer_sees_the_gang_in_figures_and_no_single_case()
    {
        await _visit.SignInAsync("vera", Roles.Viewer);
        await Expect(Page.Locator(".gang-card tbody tr").First).ToContainTextAsync("Gang of");
        await Expect(Page.Locator(".gang-card a")).ToHaveCountAsync(0);
        foreach (var route in new[] { "/decisions", "/decisions/0000000000000001", "/entities/account/0000000000000001", "/gangs", "/gangs/device/0000000000000001" })
        {
            Assert.Equal(403, (await Page.GotoAsync(route))!.Status);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_not_there()
    {
        await _visit.SignInAsync("lin", Roles.Analyst);
        (string Route, string Text)[] pages =
        [
            ("/decisions?verdict=pass&rule=no_such_rule", "No decision is like that in this time."),
            ("/decisions/0000000000000001", "There is no such decision."),
            ("/decisions/nonsense", "There is no such decision."),
            ("/entities/account/0000000000000001", "Nothing was decided about it in this time."),
            ("/entities/nonsense/1", "Nothing was decided about it in this time."),
            ("/gangs?range=custom&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", "Nothing hangs together among these decisions."),
            ("/gangs/account/0000000000000001", "It is in no gang among these decisions."),
        ];
        foreach (var (route, text) in pages)
        {
            await Page.GotoAsync(route);
            await Expect(Page.GetByText(text)).ToBeVisibleAsync();
        }

        Assert.Empty(_visit.Complaints);
    }

    [Fact]
    public async Task Without_an_archive_the_pages_say_so()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        await using var visit = await BrowserVisit.BeginAsync(browser, dashboard);
        await visit.SignInAsync("lin", Roles.Analyst);
        await Expect(visit.Page.Locator(".gang-card")).ToHaveCountAsync(0);
        foreach (var route in new[] { "/decisions", "/decisions/0000000000000001", "/entities/account/0000000000000001", "/gangs", "/gangs/device/0000000000000001" })
        {
            await visit.Page.GotoAsync(route);
            await Expect(visit.Page.GetByText("the archive is off")).ToBeVisibleAsync();
        }

        Assert.Empty(visit.Complaints);
    }

    // A minus of its own width stands before what lowers a score.
    private static decimal Number(string text) => decimal.Parse(text.Replace('−', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex("^Decision [0-9a-f]{8}$", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex DecisionTitle();

    [GeneratedRegex("^Gang of [0-9]+$", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex GangTitle();

    [GeneratedRegex("^Account [0-9a-f]{8}$", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex AccountTitle();

    [GeneratedRegex("[\u4e00-\u9fff]", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Chinese();
}
