using System.Diagnostics;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Redis;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>A Cluster in which a slot goes from one primary to another while events come.</summary>
public sealed class MovedSlotTests(ClusterRedis redis) : IClassFixture<ClusterRedis>
{
    [Fact]
    public async Task An_event_whose_slot_has_moved_fails_once_and_the_next_finds_the_new_place()
    {
        var (key, slot) = NewKey();
        var primaries = await redis.Cluster.PrimariesAsync(redis.Cluster.Nodes[0]);
        var from = primaries[0];
        for (var i = 1; i < primaries.Count && !await HoldsAsync(from, slot); i++)
        {
            from = primaries[i];
        }

        var to = primaries.First(node => node != from);
        var (fromId, toId) = ((string)(await from.ExecuteAsync("CLUSTER", "MYID"))!, (string)(await to.ExecuteAsync("CLUSTER", "MYID"))!);
        await to.ExecuteAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        await from.ExecuteAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        await to.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", toId);
        await from.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", toId);

        Assert.Equal(StoreStatus.Unavailable, (await ObserveAsync(key)).Status);
        var (status, length) = await ObserveAsync(key);

        Assert.Equal((StoreStatus.Ok, WindowRecord.Length), (status, length));
        Assert.NotNull(await redis.Reader.KeyTimeToLiveAsync(key));

        // And it stays so when the client itself looks again, which it does once a second.
        var since = Stopwatch.StartNew();
        for (var records = 2; since.Elapsed < TimeSpan.FromSeconds(3); records++)
        {
            Assert.Equal((StoreStatus.Ok, records * WindowRecord.Length), await ObserveAsync(key));
            await Task.Delay(20);
        }
    }

    private static async Task<bool> HoldsAsync(RedisServerProcess node, int slot)
    {
        using var connection = await RedisStores.ConnectClientAsync(node.EndPoint + ",allowAdmin=true");
        return connection.GetServer(node.EndPoint).ClusterNodes()!.Nodes.Single(other => other.IsMyself).Slots.Any(range => range.From <= slot && slot <= range.To);
    }

    // The slot must hold no other key, else it cannot be moved by a word.
    private static (byte[] Key, int Slot) NewKey()
    {
        var key = new byte[WindowKey.Length];
        Random.Shared.NextBytes(key);
        key[0] = WindowKey.Prefix;
        return (key, KeySlot.Of(key));
    }

    private async Task<(StoreStatus Status, int Length)> ObserveAsync(byte[] key)
    {
        var observation = new Observation();
        observation.AddAppend(key, default(WindowRecord), WindowLimits.Retention, -9216, -1);
        var status = await redis.Store.ObserveAsync(observation, Patience.Limit);
        return (status, observation.Tail(0).Length);
    }
}
