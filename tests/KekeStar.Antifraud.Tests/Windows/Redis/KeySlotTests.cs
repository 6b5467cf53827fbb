using KekeStar.Antifraud.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

public sealed class KeySlotTests
{
    [Fact]
    public async Task The_slot_of_a_key_is_the_one_that_Redis_says()
    {
        await using var server = await RedisServerProcess.StartAsync("--cluster-enabled", "yes");
        byte[][] keys =
        [
            "123456789"u8.ToArray(), "{user1000}.following"u8.ToArray(), "foo{}{bar}"u8.ToArray(), "foo{{bar}}zap"u8.ToArray(),
            "foo{bar"u8.ToArray(), "}foo{bar}"u8.ToArray(), .. Enumerable.Range(0, 300).Select(_ => NewKey()),
        ];
        foreach (var key in keys)
        {
            Assert.Equal((int)await server.ExecuteAsync("CLUSTER", "KEYSLOT", key), KeySlot.Of(key));
        }
    }

    // Every byte value, and braces more often than chance has them.
    private static byte[] NewKey()
    {
        var key = new byte[Random.Shared.Next(1, 32)];
        Random.Shared.NextBytes(key);
        for (var i = 0; i < 2; i++)
        {
            key[Random.Shared.Next(key.Length)] = (byte)"{}"[Random.Shared.Next(2)];
        }

        return key;
    }
}
