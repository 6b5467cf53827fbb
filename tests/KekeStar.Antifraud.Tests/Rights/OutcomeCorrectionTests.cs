using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>After a correction the store is as if the outcome had never been reported; on both stores.</summary>
public abstract class OutcomeCorrectionTests(IRightsStore store)
{
    private static readonly Move Login = Move.Simple(Scene.Login, account: 0, device: 0);

    private static readonly Move Registration = Move.Simple(Scene.Register, account: 0, device: 0);

    [Theory]
    [InlineData(false, -1)]
    [InlineData(false, 5)]
    [InlineData(false, 18)]
    [InlineData(true, 5)]
    [InlineData(true, 18)]
    public async Task A_corrected_outcome_was_never_reported(bool isRegistration, int days)
    {
        var start = RightsWorld.Rotation + TimeSpan.FromDays(days);
        var expected = await PlayAsync(start, isRegistration, [], corrected: null);
        var actual = await PlayAsync(start, isRegistration, [Outcome.HarassmentConfirmed], Outcome.HarassmentConfirmed);
        actual.AssertSame(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Other_outcomes_of_the_event_stay(bool isRegistration)
    {
        var start = RightsWorld.Rotation + TimeSpan.FromDays(2);
        var expected = await PlayAsync(start, isRegistration, [Outcome.CaptchaPassed], corrected: null);
        var actual = await PlayAsync(start, isRegistration, [Outcome.CaptchaPassed, Outcome.HarassmentConfirmed], Outcome.HarassmentConfirmed);
        actual.AssertSame(expected);
    }

    [Fact]
    public async Task An_outcome_that_was_reported_without_an_account_is_corrected_without_one()
    {
        var start = RightsWorld.Rotation + TimeSpan.FromDays(2);
        var expected = await PlayAsync(start, isRegistration: true, [], corrected: null);
        var actual = await PlayAsync(start, isRegistration: true, [Outcome.CaptchaFailed], Outcome.CaptchaFailed, account: "");
        actual.AssertSame(expected);
    }

    private async Task<StoreSnapshot> PlayAsync(
        DateTimeOffset start, bool isRegistration, Outcome[] reported, Outcome? corrected, string account = "account-0")
    {
        const string Name = "event-of-0-1";
        await using var world = new RightsWorld(store, start);
        var pipeline = world.Instances[0];
        await world.PlayAsync([Login with { Device = 2, Outcome = Outcome.LoginFailed }, Login with { Account = 1, Outcome = Outcome.HarassmentConfirmed }], static move => move, first: 10);
        var request = world.Request(isRegistration ? Registration : Login, Name);
        await pipeline.ScoreAsync(request);
        foreach (var outcome in reported)
        {
            await pipeline.ReportAsync(request, outcome, account);
        }

        await world.PlayAsync([Login with { Account = 1, Gap = TimeSpan.Zero, Outcome = Outcome.CaptchaPassed }], static move => move, first: 20);
        if (corrected is { } wrong)
        {
            foreach (var subject in world.Subjects(account))
            {
                var result = await pipeline.Get<OutcomeCorrection>().RemoveAsync(
                    account.Length == 0 ? subject with { Account = default } : subject,
                    RightsWorld.Pseudonym(subject.Epoch, EntityKind.Event, Name),
                    wrong);
                Assert.Equal(StoreStatus.Ok, result.Status);
            }
        }

        return await world.SnapshotAsync();
    }
}

public sealed class EmbeddedOutcomeCorrectionTests(EmbeddedRightsStore store) : OutcomeCorrectionTests(store), IClassFixture<EmbeddedRightsStore>;

public sealed class RedisOutcomeCorrectionTests(RedisRightsStore store) : OutcomeCorrectionTests(store), IClassFixture<RedisRightsStore>;
