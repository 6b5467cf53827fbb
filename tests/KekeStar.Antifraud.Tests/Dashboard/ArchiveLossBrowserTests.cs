using System.Globalization;
using System.Text.RegularExpressions;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The page System of a real service whose archive finds its disk full, in a real browser.</summary>
[Collection(nameof(BrowserCollection))]
public sealed partial class ArchiveLossBrowserTests(Browser browser)
{
    // No file of records is as small: the names of its features alone are longer.
    private const long NoRoom = 4_096;

    private const int Scored = 1_100;
    private const int TimeoutMilliseconds = 1_000;

    [Fact]
    public async Task The_page_System_shows_that_the_archive_takes_none_and_how_many_decisions_are_missing()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-archive-loss-");
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Take()}");
        await using (var service = await ServiceProcess.StartAsync(
            folder.FullName,
            "--Antifraud:Store:Kind=Memory",
            $"--Antifraud:Dashboard:Listen={address.GetLeftPart(UriPartial.Authority)}",
            $"--Antifraud:Dashboard:Directory={Path.Combine(folder.FullName, "dashboard")}",
            "--Antifraud:Archive:FlushInterval=00:00:01",
            "--Antifraud:Archive:MaxRecordsPerFile=1000"))
        {
            await using var context = await browser.VisitAsync(address);
            var page = await context.NewPageAsync();
            await SignInAsync(page, service.Output);
            await page.GotoAsync("/system");
            await Expect(TileOf(page, "Decision archive")).ToContainTextAsync("Takes records");
            await Expect(TileOf(page, "Decisions not archived").Locator(".tile-value")).ToHaveTextAsync("0");

            await service.LimitFilesAsync(NoRoom);
            await Parallel.ForEachAsync(Enumerable.Range(0, Scored), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, ending) =>
                await service.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()), cancellationToken: ending));

            await Expect(TileOf(page, "Decision archive")).ToContainTextAsync("Takes none");
            await Expect(TileOf(page, "Decision archive")).ToHaveClassAsync(Trouble());
            await Expect(TileOf(page, "Decisions not archived").Locator(".tile-value")).ToHaveTextAsync(1_000.ToString("#,0", CultureInfo.InvariantCulture));
            await Expect(TileOf(page, "Decisions not archived")).ToHaveClassAsync(Trouble());

            await service.LimitFilesAsync(bytes: null);
            await Expect(TileOf(page, "Decision archive")).ToContainTextAsync("Takes records");
            await Expect(TileOf(page, "Decisions not archived").Locator(".tile-value")).ToHaveTextAsync(1_000.ToString("#,0", CultureInfo.InvariantCulture));
        }

        folder.Delete(recursive: true);
    }

    private static ILocator TileOf(IPage page, string label) => page.Locator(".tile").Filter(new() { HasText = label });

    private static async Task SignInAsync(IPage page, string output)
    {
        var given = FirstPassword().Match(output).Groups["password"].Value;
        await SignInWithAsync(page, given);
        await page.GetByLabel("Present password").FillAsync(given);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(DashboardUnderTest.Password);
        await page.GetByLabel("New password again").FillAsync(DashboardUnderTest.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(page.GetByText("The password is changed.")).ToBeVisibleAsync();

        // Which ended the session.
        await SignInWithAsync(page, DashboardUnderTest.Password);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
    }

    private static async Task SignInWithAsync(IPage page, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    [GeneratedRegex("with the password (?<password>\\S+) and", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex FirstPassword();

    [GeneratedRegex("\\btrouble\\b", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Trouble();
}
