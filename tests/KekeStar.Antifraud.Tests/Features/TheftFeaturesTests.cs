using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Features;

/// <summary>What tells a thief from an owner, from the bytes of requests to the features; addresses by the shipped table.</summary>
public sealed class TheftFeaturesTests : IAsyncLifetime
{
    // China Telecom, Deutsche Telekom, AT&T and Amazon's data centres.
    private const string China = "202.96.128.86";
    private const string Germany = "84.128.0.1";
    private const string America = "12.0.1.28";
    private const string DataCentre = "52.95.110.1";

    private readonly PipelineUnderTest _pipeline = new(new WhatIfStore());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _pipeline.DisposeAsync();

    [Fact]
    public async Task The_address_tells_country_and_data_centre()
    {
        Assert.Equal((1, 0), (await ValueAsync("ip.country_known", At(China)), await ValueAsync("ip.hosting", At(Germany))));
        Assert.Equal(1, await ValueAsync("ip.hosting", At(DataCentre)));
        Assert.Equal(0, await ValueAsync("ip.country_known", At("10.0.0.1")));
        Assert.Equal(double.NaN, await ValueAsync("ip.hosting", At("10.0.0.1")));
    }

    [Fact]
    public async Task An_hour_between_two_continents_is_impossible_but_not_for_mobile_data_or_a_data_centre()
    {
        await ValueAsync("account.known", At(China));
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(1, await ValueAsync("account.impossible_travel", At(Germany)));
        Assert.Equal(double.NaN, await ValueAsync("account.impossible_travel", At(Germany, AccessType.Cellular)));
        Assert.Equal(double.NaN, await ValueAsync("account.impossible_travel", At(DataCentre)));
        Assert.Equal(0, await ValueAsync("account.impossible_travel", At(China)));
        var reply = await _pipeline.ScoreAsync(At(America));
        Assert.Contains("impossible_travel", reply.Labels);
        Assert.Contains(reply.RiskLabels, static label => label is { Name: "impossible_travel", State: LabelState.Current });
    }

    [Fact]
    public async Task Countries_and_networks_of_a_day_are_counted()
    {
        await ValueAsync("account.known", At(China));
        await ValueAsync("account.known", At(Germany));
        await ValueAsync("account.known", At(DataCentre));
        Assert.Equal(3, await ValueAsync("account.countries_24h", At(America)));
        Assert.Equal(4, await ValueAsync("account.networks_24h", At(America)));
        Assert.Equal(1, await ValueAsync("account.new_country", At(America)));
        Assert.Equal(0, await ValueAsync("account.new_country", At(China)));
        Assert.Equal(double.NaN, await ValueAsync("account.new_country", At(DataCentre)));
        _pipeline.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await ValueAsync("account.countries_24h", At(America)));
        Assert.Equal(0, await ValueAsync("account.new_country", At(America)));
    }

    [Fact]
    public async Task Another_phone_with_another_card_is_new_until_it_was_used_for_a_day()
    {
        // Marks have 6 bits: these phones and cards happen to differ in theirs.
        await _pipeline.ScoreAsync(Actors.Event(Scene.Login, 1, 0, 0, card: 1));
        foreach (var feature in (string[])["account.new_install", "account.new_sim"])
        {
            Assert.Equal(0, await ValueAsync(feature, Actors.Event(Scene.Login, 1, 0, 0, card: 1)));
            Assert.Equal(1, await ValueAsync(feature, Actors.Event(Scene.Login, 1, 2, 0, card: 2)));
        }

        var refusing = Actors.Event(Scene.Login, 1, 2, 0, card: 2);
        refusing.Consent.Granted.Clear();
        Assert.Equal(double.NaN, await ValueAsync("account.new_install", refusing));
        Assert.Equal(double.NaN, await ValueAsync("account.new_sim", refusing));
        _pipeline.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await ValueAsync("account.new_install", Actors.Event(Scene.Login, 1, 2, 0, card: 2)));
        Assert.Equal(0, await ValueAsync("account.new_sim", Actors.Event(Scene.Login, 1, 2, 0, card: 2)));
    }

    [Fact]
    public async Task A_known_card_in_the_second_slot_is_not_new()
    {
        await _pipeline.ScoreAsync(Actors.Event(Scene.Login, 1, 0, 0, card: 1));
        var two = Actors.Event(Scene.Login, 1, 0, 0, card: 2);
        two.Device.Sims.Add(Actors.Event(Scene.Login, 1, 0, 0, card: 1).Device.Sims);
        Assert.Equal(0, await ValueAsync("account.new_sim", two));
    }

    [Fact]
    public async Task Failed_logins_to_many_accounts_are_stuffing_and_many_to_one_are_not()
    {
        for (var number = 0; number < 5; number++)
        {
            await FailAsync(account: 1, device: 2);
            await FailAsync(account: 10 + number, device: 4);
        }

        Assert.Equal(1, await ValueAsync("device.failed_accounts_1h", Actors.Event(Scene.Login, 1, 2, 0, 0)));
        Assert.Equal(5, await ValueAsync("device.failed_accounts_1h", Actors.Event(Scene.Login, 1, 4, 0, 0)));
        var reply = await _pipeline.ScoreAsync(Actors.Event(Scene.Login, 99, 4, 0, 0));
        Assert.Contains(reply.Reasons, static reason => reason is { Rule: "stuffing_device_accounts", Value: 5 });
        Assert.NotEqual(Verdict.Reject, reply.Verdict);
    }

    private static ScoreRequest At(string address, AccessType access = AccessType.Wifi, int device = 0)
    {
        var request = Actors.Event(Scene.Login, 1, device, 0, 0);
        request.ClientIp = address;
        request.Device.AccessType = access;
        return request;
    }

    private async Task FailAsync(int account, int device)
    {
        var request = Actors.Event(Scene.Login, account, device, 0, 0);
        await _pipeline.ScoreAsync(request);
        await _pipeline.ReportAsync(request, Outcome.LoginFailed);
    }

    private async Task<double> ValueAsync(string feature, ScoreRequest request) =>
        (await _pipeline.FeaturesAsync(request))[FeatureCatalogue.Find(feature)!.Index];
}
