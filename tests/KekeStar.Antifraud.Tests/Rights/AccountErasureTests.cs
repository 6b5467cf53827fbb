using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>An erased account leaves the store as if it had never been; on both stores.</summary>
public abstract class AccountErasureTests(IRightsStore store)
{
    // Twice 24 events each at most. CsCheck_Iter=2000 makes a longer run.
    private const int Histories = 40;

    [Fact]
    public void An_erased_account_leaves_the_store_as_if_it_had_never_been() => Gen.Select(Move.Histories, RightsStarts.Any).Sample(
        (moves, start) => CompareAsync(moves, start).GetAwaiter().GetResult(),
        iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
        threads: 1);

    [Fact]
    public async Task Nothing_is_lost_of_others_whose_events_keep_coming_meanwhile()
    {
        const int EventsOfEach = 60;
        await using var world = new RightsWorld(store, RightsWorld.Rotation + TimeSpan.FromDays(1));
        await world.PlayAsync([.. Enumerable.Range(0, 40).Select(static device => Move.Simple(Scene.Login, account: 0, device % 4, outcome: Outcome.LoginFailed))], static move => move);
        await world.PlayAsync([Move.Simple(Scene.Login, account: 1, device: 0)], static move => move);

        using var done = new CancellationTokenSource();
        var load = world.Instances.Select((_, instance) => Task.Run(async () =>
        {
            for (var number = 1; number <= EventsOfEach; number++)
            {
                var move = Move.Simple(Scene.Login, account: 1 + instance, device: 0) with { Instance = instance };
                await world.PlayAsync(move, RightsWorld.EventName(1 + instance, number));
                await Task.Yield();
            }
        })).ToList();

        // What waits between two tries waits by the test's clock.
        var clock = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                world.Clock.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Delay(1);
            }
        });
        Assert.Equal(StoreStatus.Ok, (await world.Instances[0].Get<AccountErasure>().EraseAsync(world.Subjects(0))).Status);
        await Task.WhenAll(load);
        await done.CancelAsync();
        await clock;

        var snapshot = await world.SnapshotAsync();
        snapshot.AssertNothingOf(world.TracesOf(0));
        foreach (var epoch in world.Keys.Epochs)
        {
            int Count(string name) => snapshot.CountRecords(RightsWorld.Pseudonym(epoch, EntityKind.Event, name));
            var witness = Count(RightsWorld.EventName(1, 0));
            Assert.InRange(witness, 10, 20);
            Assert.All(
                Enumerable.Range(1, EventsOfEach).SelectMany(static number => new[] { RightsWorld.EventName(1, number), RightsWorld.EventName(2, number) }),
                name => Assert.Equal(witness, Count(name)));
        }
    }

    private async Task CompareAsync(Move[] moves, DateTimeOffset start)
    {
        StoreSnapshot erased;
        await using (var world = new RightsWorld(store, start))
        {
            await world.PlayAsync(moves, static move => move);
            var result = await world.Instances[0].Get<AccountErasure>().EraseAsync(world.Subjects(0));
            Assert.Equal(StoreStatus.Ok, result.Status);
            erased = await world.SnapshotAsync();
            erased.AssertNothingOf(world.TracesOf(0));

            var again = await world.Instances[0].Get<AccountErasure>().EraseAsync(world.Subjects(0));
            Assert.Equal(default, again);
        }

        await using var other = new RightsWorld(store, start);
        await other.PlayAsync(moves, static move => move.Account == 0 ? null : move);
        erased.AssertSame(await other.SnapshotAsync());
    }
}

public sealed class EmbeddedAccountErasureTests(EmbeddedRightsStore store) : AccountErasureTests(store), IClassFixture<EmbeddedRightsStore>;

public sealed class RedisAccountErasureTests(RedisRightsStore store) : AccountErasureTests(store), IClassFixture<RedisRightsStore>;
