using System.Text.RegularExpressions;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Shell;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>
/// A policy edited by two people in a real browser, and what the service then scores. With DASHBOARD_SCREENSHOTS set to a folder, pictures of
/// the pages are written there.
/// </summary>
[Collection(nameof(BrowserCollection))]
public sealed partial class PolicyBrowserTests(Browser browser) : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 5_000;

    // Of the shipped policy; what the stopped decisions below rest on.
    private const string Rule = "vendor_high";

    private static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 1280, 860), ("phone", 390, 844)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-policy-pages-");
    private readonly List<BrowserVisit> _visits = [];
    private DashboardUnderTest _dashboard = null!;

    private IEnumerable<string> Complaints => _visits.SelectMany(static visit => visit.Complaints);

    public async Task InitializeAsync()
    {
        // What comes before the first version: the shipped policy, as for a service that is new.
        _dashboard = await DashboardUnderTest.StartAsync(
            "--Antifraud:Policy:Path=",
            $"--Antifraud:Policy:Directory={Path.Combine(_folder.FullName, "policy")}",
            $"--Antifraud:Archive:Directory={Path.Combine(_folder.FullName, "archive")}");
    }

    public async Task DisposeAsync()
    {
        foreach (var visit in _visits)
        {
            await visit.DisposeAsync();
        }

        await _dashboard.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_rule_is_edited_tried_proposed_approved_by_a_second_person_published_and_rolled_back()
    {
        await MakeTrafficAsync();
        var lin = await SignInAsync("lin", Roles.PolicyEditor);
        var wang = await SignInAsync("wang", Roles.PolicyEditor);
        Assert.Equal(Verdict.Pass, (await ScoreAsync()).Verdict);

        // A draft; a mistake in an expression is shown with its place, at the rule and for the whole.
        await lin.GotoAsync("/policy");
        await lin.GetByLabel("What it is for").FillAsync("Count failed logins of an account for more");
        await lin.GetByRole(AriaRole.Button, new() { Name = "Begin a draft" }).ClickAsync();
        await Expect(lin).ToHaveURLAsync(DraftAddress());
        var address = new Uri(lin.Url).AbsolutePath;
        await EditAsync(lin, "login_anything", "vendor.score >= 1 &&", add: true);
        var errors = lin.Locator(".rule-form .errors li");
        await Expect(errors).ToHaveCountAsync(1);
        await Expect(errors).ToContainTextAsync(WhenPlace());
        await Expect(lin.GetByRole(AriaRole.Button, new() { Name = "Propose" })).ToBeDisabledAsync();
        await Browser.ShootAsync(lin, "policy-draft.error", fullPage: true);

        // Put right, as a shadow rule first, then on; the dry run says whom it would touch.
        await lin.GetByLabel("Condition").FillAsync("vendor.score >= 100 && device.android");
        await lin.Locator("#rule-weight").FillAsync("850");
        await lin.Locator("#rule-state").SelectOptionAsync("Shadow");
        await lin.Locator(".rule-form").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(lin.Locator(".rule-form")).ToHaveCountAsync(0);
        await lin.GetByRole(AriaRole.Button, new() { Name = "Dry-run" }).ClickAsync();
        await Expect(lin.GetByText("0 verdicts change")).ToBeVisibleAsync();
        await Expect(lin.Locator(".table-frame[aria-label='Rules whose hits change']")).ToContainTextAsync("login_anything");
        await lin.GetByRole(AriaRole.Searchbox, new() { Name = "Find" }).FillAsync("login_anything");
        await lin.GetByLabel("State of login_anything").SelectOptionAsync("On");
        await Expect(lin.Locator(".dry-run")).ToHaveCountAsync(0);
        await lin.GetByRole(AriaRole.Button, new() { Name = "Dry-run" }).ClickAsync();
        await Expect(lin.Locator(".dry-run")).ToContainTextAsync("Done.");
        Assert.True(await lin.Locator(".matrix-changed").CountAsync() > 0, "The dry run shows no changed verdict.");
        await Expect(lin.Locator(".table-frame[aria-label='Examples of changed verdicts']").GetByRole(AriaRole.Link).First).ToHaveAttributeAsync("href", DecisionAddress());
        await Expect(lin.Locator(".diff")).ToContainTextAsync("\"login_anything\"");
        await Browser.ShootAsync(lin, "policy-draft", fullPage: true);

        // Its author cannot approve it; the second person can, and the service scores by it.
        await lin.GetByRole(AriaRole.Button, new() { Name = "Propose" }).ClickAsync();
        await Expect(lin.Locator(".banner .chip").First).ToHaveTextAsync("Proposed");
        await Expect(lin.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToBeDisabledAsync();
        Assert.Equal(Verdict.Pass, (await ScoreAsync()).Verdict);
        await wang.GotoAsync(address);
        await wang.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await wang.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(wang.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Policy versions");
        var reply = await ScoreAsync();
        Assert.Equal((Verdict.Reject, $"{DateTime.UtcNow:yyyy-MM-dd}.1"), (reply.Verdict, reply.PolicyVersion));
        Assert.Contains(reply.Reasons, static reason => reason.Rule == "login_anything");

        // Back to what was before, by one of them alone.
        await wang.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 0" }).ClickAsync();
        await wang.GetByLabel("Why").FillAsync("It rejects everybody");
        await wang.GetByRole(AriaRole.Button, new() { Name = "Roll back now" }).ClickAsync();
        await Expect(wang.GetByRole(AriaRole.Row).Filter(new() { HasText = "It rejects everybody" })).ToContainTextAsync("In force");
        Assert.Equal(Verdict.Pass, (await ScoreAsync()).Verdict);
        await Browser.ShootAsync(wang, "policy-versions", fullPage: true);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task The_whole_policy_is_edited_as_text_and_every_error_is_shown()
    {
        var draft = await BeginAsync();
        var page = await SignInAsync("lin", Roles.PolicyEditor);
        await page.GotoAsync($"/policy/draft/{draft}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit as text" }).ClickAsync();
        var field = page.Locator("textarea.policy-text");
        var text = await field.InputValueAsync();
        await Expect(page.Locator(".table.rules")).ToHaveCountAsync(0);

        // Longer than one message of the page's connection. Two mistakes are checked, and not saved.
        Assert.True(text.Length > 32 * 1024);
        var document = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        document["rules"]![0]!["weight"] = 5_000;
        document["rules"]![1]!["when"] = "no.such_feature > 1";
        await field.FillAsync(document.ToJsonString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Expect(page.Locator(".checked .errors li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".checked")).ToContainTextAsync("rules[1].when");
        await Expect(page.GetByText("It loads: ")).ToBeVisibleAsync();
        await Browser.ShootAsync(page, "policy-text.error", fullPage: true);

        // Saved right or wrong; what is no JSON leaves the text alone to edit.
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It does not load: 2 error(s).")).ToBeVisibleAsync();
        await field.FillAsync(text[..100]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It does not load: 1 error(s).")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Back to the forms" })).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(field).ToHaveValueAsync(text[..100]);

        var right = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        right["rules"]![0]!["reason"]!["en"] = "Written as text";
        await field.FillAsync(right.ToJsonString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("It loads: ")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit as text" }).ClickAsync();
        await Expect(page.Locator(".diff")).ToContainTextAsync("Written as text");
        Assert.Equal(string.Empty, await Browser.BeyondScreenAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the forms" }).ClickAsync();
        await Expect(page.Locator(".table.rules")).ToContainTextAsync("Written as text");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task An_analyst_marks_decisions_and_sees_the_rules_precision()
    {
        var decisions = await MakeTrafficAsync();
        var page = await SignInAsync("mei", Roles.Analyst);
        await page.GotoAsync("/feedback");
        await page.Locator("#decisions").FillAsync($"{string.Join('\n', decisions.Stopped.Take(2))} 0123456789abcdef nonsense {decisions.Passed[0]}");
        await page.Locator("#mark").SelectOptionAsync("Confirmed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark", Exact = true }).ClickAsync();

        var banner = page.Locator(".banner");
        await Expect(banner).ToContainTextAsync("2 marked.");
        await Expect(banner).ToContainTextAsync("1 left out");
        await Expect(banner).ToContainTextAsync("2 not found: 0123456789abcdef nonsense");
        await page.Locator("#decisions").FillAsync(decisions.Stopped[2]);
        await page.Locator("#mark").SelectOptionAsync("FalsePositive");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark", Exact = true }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Browser.ShootAsync(page, "feedback", fullPage: true);

        await page.GotoAsync("/policy");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Find" }).FillAsync(Rule);
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("67 % 2 of 3");
        await Expect(page.GetByLabel("What it is for")).ToHaveCountAsync(0);
        await Browser.ShootAsync(page, "policy", fullPage: true);

        await page.GotoAsync("/feedback");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back the mark of" }).First.ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task In_Chinese_nothing_on_the_pages_is_left_in_English()
    {
        var decisions = await MakeTrafficAsync();
        var editor = await SignInAsync("lin", Roles.PolicyEditor | Roles.Analyst);
        var draft = await BeginAsync();
        await _dashboard.Services.CreateScope().ServiceProvider.GetRequiredService<KekeStar.Antifraud.Dashboard.Feedback.FeedbackDesk>().MarkAsync(
            Person.Make("mei", Roles.Analyst, Person.Local, mustChange: false), string.Join(' ', decisions.Stopped), KekeStar.Antifraud.Archive.Feedback.FeedbackMark.Confirmed, CancellationToken.None);
        await editor.Context.AddCookiesAsync([new Cookie { Name = LanguageChoice.Cookie, Value = LanguageChoice.Chinese, Url = _dashboard.Address.AbsoluteUri }]);
        foreach (var address in new[] { "/policy", "/policy/versions", $"/policy/draft/{draft}", "/feedback" })
        {
            await editor.GotoAsync(address);
            await Expect(editor.Locator("html")).ToHaveAttributeAsync("lang", LanguageChoice.Chinese);
            await Expect(editor.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Chinese());
            if (address.Contains("draft", StringComparison.Ordinal))
            {
                await editor.GetByRole(AriaRole.Button, new() { Name = Texts.Find(LanguageChoice.Chinese, "DryRun.Start") }).ClickAsync();
                await Expect(editor.Locator(".dry-run")).ToContainTextAsync(Texts.Find(LanguageChoice.Chinese, "DryRunState.Done"));
                await editor.GetByRole(AriaRole.Button, new() { Name = Texts.Find(LanguageChoice.Chinese, "RuleForm.Edit") }).First.ClickAsync();
            }

            // All text but names in code, what people wrote, and what says itself that it is English.
            var foreign = await editor.EvaluateAsync<string[]>(
                """
                () => {
                  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
                  const found = [];
                  while (walker.nextNode()) {
                    const parent = walker.currentNode.parentElement;
                    if (!parent.closest('code, textarea, script, style, [lang=en], .comment') && /[A-Za-z]{3,}/.test(walker.currentNode.data) && !/[\u4e00-\u9fff]/.test(walker.currentNode.data)) {
                      found.push(walker.currentNode.data.trim());
                    }
                  }
                  return found;
                }
                """);
            string[] names = ["lin", "mei", "zhao"];
            Assert.DoesNotContain(foreign, text => !names.Contains(text, StringComparer.Ordinal));
        }

        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task A_viewer_is_refused_and_an_analyst_only_reads()
    {
        var draft = await BeginAsync();
        var viewer = await SignInAsync("vera", Roles.Viewer);
        foreach (var address in new[] { "/policy", "/policy/versions", $"/policy/draft/{draft}", "/feedback" })
        {
            Assert.Equal(403, (await viewer.GotoAsync(address))!.Status);
        }

        var analyst = await SignInAsync("mei", Roles.Analyst);
        await analyst.GotoAsync($"/policy/draft/{draft}");
        await Expect(analyst.Locator(".table.rules")).ToBeVisibleAsync();
        await Expect(analyst.GetByRole(AriaRole.Button, new() { Name = "Propose" })).ToHaveCountAsync(0);
        await Expect(analyst.GetByRole(AriaRole.Button, new() { Name = "Edit" })).ToHaveCountAsync(0);
        await Expect(analyst.GetByRole(AriaRole.Button, new() { Name = "Dry-run" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Drafts_look_whole_in_both_themes_and_both_widths()
    {
        await MakeTrafficAsync();
        var draft = await BeginAsync();
        var page = await SignInAsync("lin", Roles.PolicyEditor | Roles.Analyst);
        foreach (var theme in new[] { Preferences.Light, Preferences.Dark })
        {
            await page.Context.AddCookiesAsync([new Cookie { Name = Preferences.ThemeCookie, Value = theme, Url = _dashboard.Address.AbsoluteUri }]);
            foreach (var (size, width, height) in Sizes)
            {
                await page.SetViewportSizeAsync(width, height);
                foreach (var (name, address) in new[] { ("policy", "/policy"), ("versions", "/policy/versions"), ("draft", $"/policy/draft/{draft}"), ("feedback", "/feedback") })
                {
                    await page.GotoAsync(address);
                    await Expect(page.Locator("main h1")).ToBeVisibleAsync();
                    if (name == "draft")
                    {
                        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).First.ClickAsync();
                        await page.GetByRole(AriaRole.Button, new() { Name = "Dry-run" }).ClickAsync();
                        await Expect(page.Locator(".dry-run")).ToContainTextAsync("Done.");
                    }

                    var beyond = await Browser.BeyondScreenAsync(page);
                    Assert.True(beyond.Length == 0, $"{address} {theme} {size} is too wide: {beyond}");
                    await Browser.ShootAsync(page, $"{name}.{theme}.{size}", fullPage: true);
                }
            }
        }

        Assert.Empty(Complaints);
    }

    [GeneratedRegex("/policy/draft/[0-9a-f]{16}$", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex DraftAddress();

    [GeneratedRegex("^/decisions/[0-9a-f]{16}", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex DecisionAddress();

    [GeneratedRegex("rules\\[\\d+\\]\\.when\\s*column \\d+", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex WhenPlace();

    [GeneratedRegex("[\u4e00-\u9fff]", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Chinese();

    private static async Task EditAsync(IPage page, string id, string when, bool add)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = add ? "Add a rule" : $"Edit {id}" }).ClickAsync();
        await page.Locator("#rule-id").FillAsync(id);
        await page.Locator("#rule-label").FillAsync("vendor_listed");
        await page.Locator("#rule-en").FillAsync("A vendor lists the device");
        await page.Locator("#rule-zh").FillAsync("第三方标记该设备");
        await page.GetByLabel("Condition").FillAsync(when);
        await page.Locator(".rule-form").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
    }

    private async Task<IPage> SignInAsync(string name, Roles roles)
    {
        var visit = await BrowserVisit.BeginAsync(browser, _dashboard);
        _visits.Add(visit);
        await visit.SignInAsync(name, roles);
        return visit.Page;
    }

    // An ordinary login that a vendor knows a little of.
    private async Task<ScoreReply> ScoreAsync()
    {
        var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        request.ThirdParty = new ThirdPartyResults { VendorScore = 200 };
        return await _dashboard.Host.Client.ScoreAsync(request);
    }

    // Decisions in the archive; the ids of those that were stopped and of those that passed, as the pages show them.
    private async Task<(IReadOnlyList<string> Stopped, IReadOnlyList<string> Passed)> MakeTrafficAsync()
    {
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var isListed = i % 3 == 0;
            var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount(), isListed ? Scene.Withdraw : (Scene)(1 + random.Next(6)));
            request.ThirdParty = new ThirdPartyResults { VendorScore = (uint)(isListed ? 950 : random.Next(300)) };
            await _dashboard.Host.Client.ScoreAsync(request);
        }

        var writer = _dashboard.Host.Services.GetServices<IHostedService>().OfType<ArchiveWriter>().Single();
        Assert.True(writer.Flush());
        writer.KeepUp();
        var rows = (await _dashboard.Host.Services.GetRequiredService<KekeStar.Antifraud.Archive.Reading.DecisionArchive>().SearchAsync(
            new KekeStar.Antifraud.Archive.Reading.DecisionFilter { From = DateTimeOffset.UtcNow.AddHours(-1), To = DateTimeOffset.UtcNow.AddHours(1) }, 100, after: null, CancellationToken.None)).Value.Rows;
        return (
            [.. rows.Where(static row => row.Verdict != "pass").Select(static row => row.Decision.ToString("x16", System.Globalization.CultureInfo.InvariantCulture))],
            [.. rows.Where(static row => row.Verdict == "pass").Select(static row => row.Cursor.ToString())]);
    }

    private async Task<string> BeginAsync()
    {
        var desk = _dashboard.Services.CreateScope().ServiceProvider.GetRequiredService<KekeStar.Antifraud.Dashboard.Policies.PolicyDesk>();
        var editor = Person.Make("zhao", Roles.PolicyEditor, Person.Local, mustChange: false);
        var draft = (await desk.BeginAsync(editor, "放宽宿舍网络的限制")).Draft!;
        var document = KekeStar.Antifraud.Scoring.Editing.PolicyDocument.TryParse(draft.Text)!;
        document.SetThreshold("LOGIN", "review", "240");
        document.SetRule(1, document.Rules[1] with { Weight = "5" });
        for (var i = 0; i < document.Rules.Count; i++)
        {
            if (document.Rules[i].Id.StartsWith("vendor", StringComparison.Ordinal))
            {
                document.SetRule(i, document.Rules[i] with { Weight = "40" });
            }
        }

        return (await desk.SaveAsync(editor, draft, document.Text)).Draft!.Id;
    }
}
