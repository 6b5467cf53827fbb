using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>Whatever happened, every key in the store expires within the retention that the contract declares; on both stores.</summary>
public abstract class RetentionTests(IRightsStore store)
{
    private const int Histories = 10;

    [Fact]
    public void Every_key_expires_within_the_declared_retention() => Gen.Select(Move.Histories, RightsStarts.Any).Sample(
        (moves, start) => CheckAsync(moves, start).GetAwaiter().GetResult(),
        iter: Environment.GetEnvironmentVariable("CsCheck_Iter") is null ? Histories : -1,
        threads: 1);

    // The contract's days: windows and what leads to them; lists and markers; the health check of the Redis store.
    private static TimeSpan DeclaredOf(byte[] key) => key[0] switch
    {
        WindowKey.Prefix or EntityContexts.KeyPrefix => TimeSpan.FromDays(Days("account")),
        (byte)'l' => TimeSpan.FromDays(Days("list_entry")),
        (byte)'k' => TimeSpan.FromDays(Days("withdrawn_categories")),
        (byte)'p' => TimeSpan.FromMinutes(1),
        _ => TimeSpan.Zero,
    };

    private static int Days(string signal) => DataInventory.Signals.First(declared => declared.Name == signal).RetentionDays;

    private static async Task MixAsync(RightsWorld world)
    {
        var pipeline = world.Instances[0];
        var now = world.Clock.GetUtcNow();
        foreach (var subject in world.Subjects(1))
        {
            var entry = new ListEntry(subject.Epoch.Number, EntityKind.Account, subject.Account, ListKind.Grey, (now + TimeSpan.FromDays(90)).ToUnixTimeMilliseconds());
            await pipeline.Get<ListJournal>().PutAsync(entry, default);
        }

        await pipeline.Get<ConsentJournal>().SetAsync(world.Subjects(1), ConsentMarker.SimWithdrawn, now.ToUnixTimeMilliseconds(), default);
        await pipeline.Get<ConsentWithdrawal>().RemoveAsync(world.Subjects(1), [ConsentCategory.Sim, ConsentCategory.DeviceIdentifiers]);
        await pipeline.Get<ConsentJournal>().SetAsync(world.Subjects(0), ConsentMarker.Forgotten, now.ToUnixTimeMilliseconds(), default);
        await pipeline.Get<AccountErasure>().EraseAsync(world.Subjects(0));
        await pipeline.Get<ListErasure>().EraseAsync(world.Subjects(0), keepDenyEntry: true);
        await pipeline.Get<ConsentJournal>().SweepAsync(default);
        foreach (var key in world.Store.Keys.Where(static key => key[0] == WindowKey.Prefix))
        {
            await pipeline.Get<LogTrimmer>().TrimAsync(key);
        }
    }

    private async Task CheckAsync(Move[] moves, DateTimeOffset start)
    {
        await using var world = new RightsWorld(store, start);
        await world.PlayAsync(moves, static move => move);
        await MixAsync(world);
        await world.PlayAsync(moves, static move => move with { Gap = TimeSpan.FromMinutes(1) }, first: moves.Length);
        await world.Store.SettleAsync();
        Assert.Equal(StoreStatus.Ok, await store.Store.PingAsync(Patience.Limit));

        var existing = 0;
        foreach (var key in world.Store.Keys.Concat(store.AllKeys() ?? []).ToList())
        {
            if (await store.TimeToLiveAsync(key) is { } left)
            {
                existing++;
                Assert.True(left > TimeSpan.Zero && left <= DeclaredOf(key), $"{Convert.ToHexString(key)} has {left} left.");
            }
        }

        Assert.NotEqual(0, existing);
    }
}

public sealed class EmbeddedRetentionTests(EmbeddedRightsStore store) : RetentionTests(store), IClassFixture<EmbeddedRightsStore>;

public sealed class RedisRetentionTests(RedisRightsStore store) : RetentionTests(store), IClassFixture<RedisRightsStore>;
