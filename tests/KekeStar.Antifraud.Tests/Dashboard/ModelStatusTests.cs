using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Dashboard.Status;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Service;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>What the page System shows of the models, against events that were scored for it; the shipped model is in the shadow.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class ModelStatusTests(Browser browser)
{
    private const int Events = 2 * DriftWatch.Every;

    [Fact]
    public async Task Models_their_training_agreement_and_drift_are_shown_in_both_languages()
    {
        await using var dashboard = await DashboardUnderTest.StartAsync();
        var status = dashboard.Services.GetRequiredService<ModelStatus>();
        Assert.Equal((0, 0, 0), (status.Look().Compared, status.Look().Samples, status.Look().Moved.Count));
        for (var i = 0; i < Events; i++)
        {
            await dashboard.Host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        }

        var facts = status.Look();
        var shipped = ModelLibrary.Shipped.Find(ShippedModel.Hash).Model!;
        var model = Assert.Single(facts.Models);
        Assert.Equal(("Shadow", shipped.Name, ShippedModel.Hash, shipped.Inputs.Count), (model.Role, model.Name, model.Hash, model.Inputs));
        Assert.Equal(Events, facts.Compared);
        Assert.InRange(facts.Agreeing, 0, Events);
        Assert.Equal(2, facts.Samples);
        Assert.Equal(ModelStatus.MaxMoved, facts.Moved.Count);
        Assert.Equal(facts.Moved.Select(static input => input.Index).OrderDescending(), facts.Moved.Select(static input => input.Index));

        await using var visit = await BrowserVisit.BeginAsync(browser, dashboard);
        await visit.SignInAsync("lin", Roles.Analyst);
        foreach (var language in LanguageChoice.All)
        {
            await visit.ChooseAsync(language, KekeStar.Antifraud.Dashboard.Shell.Preferences.Light);
            await visit.Page.GotoAsync("/system");
            var card = visit.Page.Locator(".card").Filter(new() { HasText = Texts.Find(language, "System.Models") });
            await Expect(card).ToContainTextAsync(Texts.Find(language, "ModelRole.Shadow")!);
            await Expect(card).ToContainTextAsync(shipped.Name);
            await Expect(card).ToContainTextAsync(ShippedModel.Hash[..16]);
            await Expect(card).ToContainTextAsync(shipped.Facts["events"]);
            await Expect(card).ToContainTextAsync($"{Events}");
            await Expect(card).ToContainTextAsync(facts.Moved[0].Input);
        }
    }
}
