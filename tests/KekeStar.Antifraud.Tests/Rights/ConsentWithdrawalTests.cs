using CsCheck;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>After a withdrawal the store is as if the account's events had never granted those categories; on both stores.</summary>
public abstract class ConsentWithdrawalTests(IRightsStore store)
{
    private const int Everything = 0b11_1111;

    // CsCheck_Iter=2000 makes a longer run.
    private const int Histories = 40;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_category_that_was_withdrawn_was_never_granted(int category)
    {
        var moves = Enum.GetValues<Scene>().Where(static scene => scene != Scene.Unspecified)
            .SelectMany((scene, index) => new[]
            {
                Move.Simple(scene, account: 0, device: index % 4, index % 2, Outcome.LoginFailed),
                Move.Simple(scene, account: 1, device: index % 3, index % 2, Outcome.CaptchaPassed),
            })
            .ToArray();
        await CompareAsync(moves, RightsWorld.Rotation + TimeSpan.FromDays(1), 1 << category);
    }

    [Fact]
    public void Categories_that_were_withdrawn_were_never_granted() => Gen.Select(Move.Histories, RightsStarts.Any, Gen.Int[1, Everything]).Sample(
        (moves, start, withdrawn) => CompareAsync(moves, start, withdrawn).GetAwaiter().GetResult(),
        iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
        threads: 1);

    [Fact]
    public void Erasure_finds_all_that_was_written_after_a_withdrawal() => Gen.Select(Move.Histories, RightsStarts.Any, Gen.Int[1, Everything]).Sample(
        (moves, start, withdrawn) => GrantAgainAndEraseAsync(moves, start, withdrawn).GetAwaiter().GetResult(),
        iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
        threads: 1);

    [Fact]
    public async Task Erasure_finds_what_is_granted_again_on_the_same_day()
    {
        var again = Move.Simple(Scene.Login, account: 0, device: 0, outcome: Outcome.LoginSucceeded);
        await GrantAgainAndEraseAsync([again, again], RightsWorld.Rotation + TimeSpan.FromDays(1), withdrawn: Everything);
    }

    private static ConsentCategory[] Categories(int withdrawn) => [.. Refusal.Optional.Where((_, index) => (withdrawn & (1 << index)) != 0)];

    private async Task CompareAsync(Move[] moves, DateTimeOffset start, int withdrawn)
    {
        StoreSnapshot removed;
        await using (var world = new RightsWorld(store, start))
        {
            await world.PlayAsync(moves, static move => move);
            var withdrawal = world.Instances[0].Get<ConsentWithdrawal>();
            Assert.Equal(StoreStatus.Ok, (await withdrawal.RemoveAsync(world.Subjects(0), Categories(withdrawn))).Status);
            removed = await world.SnapshotAsync();
            Assert.Equal(default, await withdrawal.RemoveAsync(world.Subjects(0), Categories(withdrawn)));
        }

        await using var other = new RightsWorld(store, start);
        await other.PlayAsync(moves, move => move.Account == 0 ? move with { Granted = move.Granted & ~withdrawn } : move);
        removed.AssertSame(await other.SnapshotAsync());
    }

    private async Task GrantAgainAndEraseAsync(Move[] moves, DateTimeOffset start, int withdrawn)
    {
        await using var world = new RightsWorld(store, start);
        for (var half = 0; half < 2; half++)
        {
            await world.PlayAsync(half == 0 ? moves[..(moves.Length / 2)] : moves[(moves.Length / 2)..], static move => move, half * moves.Length);
            if (half == 0)
            {
                var removed = await world.Instances[0].Get<ConsentWithdrawal>().RemoveAsync(world.Subjects(0), Categories(withdrawn));
                Assert.Equal(StoreStatus.Ok, removed.Status);
            }
        }

        await world.Store.SettleAsync();
        Assert.Equal(StoreStatus.Ok, (await world.Instances[0].Get<AccountErasure>().EraseAsync(world.Subjects(0))).Status);
        (await world.SnapshotAsync()).AssertNothingOf(world.TracesOf(0));
    }
}

public sealed class EmbeddedConsentWithdrawalTests(EmbeddedRightsStore store) : ConsentWithdrawalTests(store), IClassFixture<EmbeddedRightsStore>;

public sealed class RedisConsentWithdrawalTests(RedisRightsStore store) : ConsentWithdrawalTests(store), IClassFixture<RedisRightsStore>;
