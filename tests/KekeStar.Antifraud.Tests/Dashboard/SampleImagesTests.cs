using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Scoring.Editing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>
/// The pictures of <c>docs/images</c>: every page over days of generated decisions, in English and light, and in Chinese and dark. What makes a
/// picture unfit fails here: an empty chart, a page wider than the screen, a complaint of the browser.
/// </summary>
[Collection(nameof(BrowserCollection))]
public sealed class SampleImagesTests(Browser browser)
{
    private static readonly (string Language, string Theme)[] Looks = [(LanguageChoice.English, Preferences.Light), (LanguageChoice.Chinese, Preferences.Dark)];

    [SampleArchiveFact]
    public async Task Every_page_is_pictured_in_both_languages_and_themes()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-images-");
        await using var dashboard = await DashboardUnderTest.StartAsync(
            $"--Antifraud:Archive:Directory={Environment.GetEnvironmentVariable(SampleArchiveFactAttribute.Archive)}",
            "--Antifraud:Policy:Path=",
            $"--Antifraud:Policy:Directory={folder.FullName}");
        await using var visit = await BrowserVisit.BeginAsync(browser, dashboard);
        foreach (var (language, theme) in Looks)
        {
            await visit.ChooseAsync(language, theme);
            await visit.Page.GotoAsync("/sign-in");
            await visit.PictureAsync(PathOf("sign-in", language, theme));
        }

        await visit.ChooseAsync(LanguageChoice.English, Preferences.Light);
        await visit.SignInAsync("lin", Roles.All);
        var pages = await PrepareAsync(visit, dashboard);
        foreach (var (language, theme) in Looks)
        {
            await visit.ChooseAsync(language, theme);
            foreach (var (name, route) in pages)
            {
                await visit.Page.GotoAsync(route);
                await Expect(visit.Heading).ToBeVisibleAsync();
                await Expect(visit.Page.Locator("main table, main .empty").First).ToBeVisibleAsync();
                foreach (var waiting in new[] { "Archive.Asking", "Overview.Asking" })
                {
                    await Expect(visit.Page.GetByText(Texts.Find(language, waiting))).ToHaveCountAsync(0);
                }

                await visit.PictureAsync(PathOf(name, language, theme));
            }
        }

        Assert.Empty(visit.Complaints);
        folder.Delete(recursive: true);
    }

    private static string PathOf(string name, string language, string theme) =>
        Path.Combine(Environment.GetEnvironmentVariable(SampleArchiveFactAttribute.Images)!, $"{name}.{language}.{theme}.png");

    // Somebody has worked here already: a list entry, marks on decisions, a draft.
    private static async Task<(string Name, string Route)[]> PrepareAsync(BrowserVisit visit, DashboardUnderTest dashboard)
    {
        var archive = dashboard.Host.Services.GetRequiredService<DecisionArchive>();
        var now = DateTimeOffset.UtcNow;
        var found = await archive.SearchAsync(new DecisionFilter { From = now.AddDays(-7), To = now, Verdict = "reject" }, 20, after: null, CancellationToken.None);
        Assert.NotEmpty(found.Value.Rows);
        var worst = found.Value.Rows.OrderByDescending(static row => row.Rules.Count).First(static row => row.Device is not null);

        var page = visit.Page;
        await page.GotoAsync("/feedback");
        await page.Locator("#decisions").FillAsync(string.Join(' ', found.Value.Rows.Take(6).Select(static row => $"{row.Decision:x16}")));
        await page.Locator("#mark").SelectOptionAsync("Confirmed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark", Exact = true }).ClickAsync();
        await Expect(page.Locator(".banner")).ToContainTextAsync("6 marked.");

        var desk = dashboard.Host.Services.GetRequiredService<PolicyWorkbench>();
        var begun = (await desk.BeginAsync("dashboard:wang", "Fewer challenges at dormitories")).Draft!;
        var document = PolicyDocument.TryParse(begun.Text)!;
        var rule = document.Rules[3];
        document.SetRule(3, rule with { Weight = "120" });
        Assert.Equal(PolicyEdit.Done, (await desk.SaveAsync("dashboard:wang", begun, document.Text)).Edit);
        return
        [
            ("overview", "/?range=7d"),
            ("decisions", "/decisions?range=7d"),
            ("decision", DecisionWords.PageOf(worst.Decision, worst.Time)),
            ("entity", $"/entities/device/{worst.Device:x16}?range=7d"),
            ("gangs", "/gangs?range=24h"),
            ("gang", $"/gangs/device/{worst.Device:x16}?range=24h"),
            ("policy", "/policy"),
            ("policy-draft", $"/policy/draft/{begun.Id}"),
            ("policy-versions", "/policy/versions"),
            ("lists", "/lists"),
            ("feedback", "/feedback"),
            ("privacy", "/privacy"),
            ("inventory", "/inventory"),
            ("audit", "/audit"),
            ("labels", "/labels"),
            ("features", "/features"),
            ("system", "/system"),
            ("accounts", "/accounts"),
        ];
    }
}
