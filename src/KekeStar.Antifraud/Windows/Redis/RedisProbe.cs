using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// The keys that a sign of life writes: sixteen, so that of a Cluster each of a few shards is bound to hold one. They
/// live for a minute.
/// </summary>
internal static class RedisProbe
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1);

    /// <summary>The keys: 'p' and a number.</summary>
    public static byte[][] Keys { get; } = [.. Enumerable.Range(0, 16).Select(number => new byte[] { (byte)'p', (byte)number })];

    /// <summary>Writes one of the keys.</summary>
    public static async Task WriteAsync(IDatabase database, int index) =>
        await database.StringSetAsync(Keys[index], RedisValue.EmptyString, TimeToLive);
}
