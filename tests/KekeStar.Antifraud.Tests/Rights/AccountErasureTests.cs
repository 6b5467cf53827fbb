using CsCheck;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>An erased account leaves the store as if it had never been; on both stores.</summary>
public abstract class AccountErasureTests(IRightsStore store)
{
    // Twice 24 events each at most. CsCheck_Iter=2000 makes a longer run.
    private const int Histories = 60;

    [Fact]
    public void An_erased_account_leaves_the_store_as_if_it_had_never_been() => Gen.Select(Move.Histories, RightsStarts.Any).Sample(
        (moves, start) => CompareAsync(moves, start).GetAwaiter().GetResult(),
        iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
        threads: 1);

    private async Task CompareAsync(Move[] moves, DateTimeOffset start)
    {
        StoreSnapshot erased;
        await using (var world = new RightsWorld(store.Store, start))
        {
            await world.PlayAsync(moves, static move => move);
            var result = await world.Instances[0].Get<AccountErasure>().EraseAsync(world.Subjects(0));
            Assert.Equal(StoreStatus.Ok, result.Status);
            erased = await world.SnapshotAsync();
            erased.AssertNothingOf(world.TracesOf(0));

            var again = await world.Instances[0].Get<AccountErasure>().EraseAsync(world.Subjects(0));
            Assert.Equal(default, again);
        }

        await using var other = new RightsWorld(store.Store, start);
        await other.PlayAsync(moves, static move => move.Account == 0 ? null : move);
        erased.AssertSame(await other.SnapshotAsync());
    }
}

public sealed class EmbeddedAccountErasureTests(EmbeddedRightsStore store) : AccountErasureTests(store), IClassFixture<EmbeddedRightsStore>;

public sealed class RedisAccountErasureTests(RedisRightsStore store) : AccountErasureTests(store), IClassFixture<RedisRightsStore>;
