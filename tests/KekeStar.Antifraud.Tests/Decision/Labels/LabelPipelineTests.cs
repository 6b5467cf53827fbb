using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Decision.Labels;

/// <summary>Labels from the bytes of a request to those of the reply.</summary>
public sealed class LabelPipelineTests : IAsyncLifetime, IAsyncDisposable
{
    private const string HookTool = "de.robv.android.xposed.installer";

    private static readonly byte[] MasterKey = [.. Enumerable.Range(0, KeyEpoch.MasterKeyLength).Select(static number => (byte)(5 * number))];

    private readonly KeyEpoch _epoch = new(1, MasterKey);
    private readonly PipelineUnderTest _pipeline = new(new WhatIfStore(), MasterKey);

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        _epoch.Dispose();
    }

    [Fact]
    public async Task A_tool_is_current_while_it_is_found_and_historical_for_seven_days()
    {
        var found = _pipeline.Clock.GetUtcNow();
        Assert.Equal(LabelState.Current, (await HookAsync(With(HookTool)))!.State);

        _pipeline.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        var label = await HookAsync(With("com.example.harmless"));
        Assert.Equal((LabelState.Historical, found), (label!.State, label.LastSeen.ToDateTimeOffset()));

        _pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await HookAsync(With("com.example.harmless")));
    }

    [Fact]
    public async Task The_text_is_in_the_language_asked_for()
    {
        foreach (var (language, text) in new[]
        {
            (ReasonLanguage.Unspecified, ""),
            (ReasonLanguage.English, "A hooking framework is installed"),
            (ReasonLanguage.SimplifiedChinese, "设备上装有 Hook 框架"),
        })
        {
            var request = With(HookTool);
            request.ReasonLanguage = language;
            Assert.Equal(text, (await HookAsync(request))!.Text);
        }
    }

    [Fact]
    public async Task Another_device_and_an_event_without_a_device_are_told_nothing()
    {
        await HookAsync(With(HookTool));
        Assert.Null(await HookAsync(With("com.example.harmless", device: 2)));
        var refusing = With("com.example.harmless");
        refusing.Consent.Granted.Clear();
        refusing.Consent.Granted.Add(ConsentCategory.Software);
        Assert.Null(await HookAsync(refusing));
    }

    [Fact]
    public async Task Whoever_refuses_a_category_is_told_no_label_of_it_and_leaves_none()
    {
        var refusing = With(HookTool);
        refusing.Consent.Granted.Remove(ConsentCategory.Software);
        Assert.Null(await HookAsync(refusing));
        Assert.Null(await HookAsync(With("com.example.harmless")));

        await HookAsync(With(HookTool));
        var refusingNow = With("com.example.harmless");
        refusingNow.Consent.Granted.Remove(ConsentCategory.Software);
        Assert.Null(await HookAsync(refusingNow));
        Assert.Equal(LabelState.Historical, (await HookAsync(With("com.example.harmless")))!.State);
    }

    [Fact]
    public async Task A_label_is_the_devices_whoever_uses_it()
    {
        await HookAsync(With(HookTool, account: 1));
        Assert.Equal(LabelState.Historical, (await HookAsync(With("com.example.harmless", account: 2)))!.State);
    }

    [Fact]
    public async Task A_label_goes_with_the_account_that_brought_it()
    {
        await HookAsync(With(HookTool, account: 1));
        await HookAsync(With("com.example.harmless", account: 2));
        var erasure = _pipeline.Get<AccountErasure>();
        Assert.Equal(StoreStatus.Ok, (await erasure.EraseAsync(Subjects(1))).Status);
        Assert.Null(await HookAsync(With("com.example.harmless", account: 2)));
    }

    [Fact]
    public async Task A_label_goes_with_its_consent_and_with_no_other()
    {
        await HookAsync(With(HookTool));
        var withdrawal = _pipeline.Get<ConsentWithdrawal>();
        await withdrawal.RemoveAsync(Subjects(0), [ConsentCategory.Motion, ConsentCategory.Sim, ConsentCategory.NetworkIdentifiers]);
        Assert.Equal(LabelState.Historical, (await HookAsync(With("com.example.harmless")))!.State);
        await withdrawal.RemoveAsync(Subjects(0), [ConsentCategory.Software]);
        Assert.Null(await HookAsync(With("com.example.harmless")));
    }

    [Fact]
    public async Task Outcomes_are_no_evidence_and_a_device_stays_one_device()
    {
        var request = With("com.example.harmless");
        await _pipeline.ScoreAsync(request);
        await _pipeline.ReportAsync(request, Outcome.LoginFailed);
        await _pipeline.ScoreAsync(With(HookTool));
        var features = await _pipeline.FeaturesAsync(With("com.example.harmless"));

        Assert.Equal(1, features[Antifraud.Features.FeatureCatalogue.Find("device.devices_7d")!.Index]);
        var reply = await _pipeline.ScoreAsync(With("com.example.harmless"));
        Assert.Equal("hook", Assert.Single(reply.RiskLabels, static label => label.State == LabelState.Historical).Name);
    }

    [Fact]
    public async Task Labels_change_no_score()
    {
        var clean = await _pipeline.ScoreAsync(With("com.example.harmless", account: 3, device: 4));
        await HookAsync(With(HookTool, account: 5, device: 6));
        var historical = await _pipeline.ScoreAsync(With("com.example.harmless", account: 5, device: 6));
        Assert.Contains(historical.RiskLabels, static label => label is { Name: "hook", State: LabelState.Historical });
        Assert.Equal(clean.Score, historical.Score);
    }

    [Fact]
    public async Task Emulators_new_devices_and_registrations_in_bulk_have_their_labels()
    {
        var emulator = With("com.example.harmless", account: 7);
        emulator.Device.Brand = "generic_x86";
        Assert.Contains(await LabelsAsync(emulator), static label => label is { Name: "emulator", State: LabelState.Current });
        Assert.Contains(await LabelsAsync(With("com.example.harmless", account: 7)), static label => label is { Name: "emulator", State: LabelState.Historical });
        Assert.Contains(await LabelsAsync(With("com.example.harmless", account: 7, device: 8)), static label => label is { Name: "new_device", State: LabelState.Current });
        for (var number = 0; number < 6; number++)
        {
            var register = With("com.example.harmless", account: 20 + number, device: 10);
            register.Scene = Scene.Register;
            var labels = await LabelsAsync(register);
            Assert.Equal(number >= 5, labels.Exists(static label => label is { Name: "farm", State: LabelState.Current }));
        }
    }

    private static ScoreRequest With(string software, int account = 0, int device = 0)
    {
        var request = Actors.Event(Scene.Login, account, device, network: 0, card: 0);
        request.Device.Software.Clear();
        request.Device.Software.Add(software);
        return request;
    }

    private IReadOnlyList<AccountSubject> Subjects(int account) =>
        [new AccountSubject(_epoch, _epoch.Pseudonymise(EntityKind.Account, System.Text.Encoding.UTF8.GetBytes($"account-{account}")))];

    private async Task<List<RiskLabel>> LabelsAsync(ScoreRequest request) => [.. (await _pipeline.ScoreAsync(request)).RiskLabels];

    private async Task<RiskLabel?> HookAsync(ScoreRequest request) => (await LabelsAsync(request)).Find(static label => label.Name == "hook");
}
