using StackExchange.Redis;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>Keys without an expiry: there must be none.</summary>
internal static class EternalKeys
{
    /// <summary>Looks at every key of the servers, which must hold at least one.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(IEnumerable<RedisServerProcess> servers)
    {
        var seen = 0;
        var eternal = new List<string>();
        foreach (var server in servers)
        {
            using var connection = await RedisStores.ConnectClientAsync(server.EndPoint);
            var keys = connection.GetServer(server.EndPoint).Keys(pageSize: 10_000).ToList();
            seen += keys.Count;
            var left = await Task.WhenAll(keys.Select(key => connection.GetDatabase().ExecuteAsync("PTTL", [key])));
            eternal.AddRange(keys.Zip(left).Where(pair => (long)pair.Second == -1).Select(pair => Convert.ToHexString((byte[])pair.First!)));
        }

        Assert.NotEqual(0, seen);
        return eternal;
    }
}

/// <summary>Facts that measure a load run one after the other, with nothing beside them.</summary>
[CollectionDefinition(nameof(FaultCollection), DisableParallelization = true)]
public sealed class FaultCollection;
