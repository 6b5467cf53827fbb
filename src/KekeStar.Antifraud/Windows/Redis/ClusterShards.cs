using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>
/// Knows which shard of a Cluster a key belongs to and which shards are away, so that an event does not wait for
/// entries that will not be answered. Without a Cluster there is one shard, and the gate judges that.
/// </summary>
/// <remarks>
/// <para>
/// A dead shard fails fast anyway, since no command is redirected (see <see cref="RedisRound"/>). A hung one would make
/// every event with an entry on it wait: p50 20 ms without this class, 1.2 ms with it, one of three primaries stopped.
/// </para>
/// <para>
/// Slots are grouped by their primary at the time of the last look. The groups need not follow a fail-over, which
/// moves all slots of a shard together; after slots have moved the groups are read again.
/// </para>
/// </remarks>
internal sealed class ClusterShards(ConnectionMultiplexer connection, TimeProvider time)
{
    /// <summary>Most shards that are told apart, one bit each; of a larger Cluster none is skipped.</summary>
    public const int MaxShards = 64;

    // Slots move one by one in a resharding, and all of a shard at once in a fail-over: look at once, then not too often.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly StoreBreaker[] _breakers = NewBreakers(new StoreGateOptions(), time);
    private byte[]? _shardOfSlot;
    private int _looking;

    /// <summary>What <see cref="Of"/> returns for a server that is no Cluster.</summary>
    public const int NoCluster = -1;

    /// <summary>What <see cref="Of"/> returns for a Cluster whose shards are not (yet) told apart.</summary>
    public const int Unknown = -2;

    /// <summary>
    /// The key's shard: 0 to <see cref="MaxShards"/> − 1, <see cref="NoCluster"/> or <see cref="Unknown"/>.
    /// </summary>
    public int Of(in RedisKey key)
    {
        var slot = connection.HashSlot(key);
        return slot < 0 ? NoCluster : Volatile.Read(ref _shardOfSlot)?[slot] ?? Unknown;
    }

    /// <summary>True if the shard answers, as far as known, or it is time to try it.</summary>
    public bool TryEnter(int shard) => _breakers[shard].TryEnter();

    /// <summary>Notes how one event fared.</summary>
    /// <param name="answered">One bit for each shard that answered.</param>
    /// <param name="failed">One bit for each shard that was asked and did not answer some entry.</param>
    public void Note(ulong answered, ulong failed)
    {
        for (var shard = 0; (answered | failed) >> shard != 0 && shard < MaxShards; shard++)
        {
            var bit = 1UL << shard;
            if ((answered & bit) != 0)
            {
                _breakers[shard].Succeeded();
            }
            else if ((failed & bit) != 0)
            {
                _breakers[shard].Failed();
            }
        }
    }

    /// <summary>Reads the shards again, in the background; many calls at once make one look.</summary>
    public void LookAgain()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 0)
        {
            _ = LookLaterAsync();
        }
    }

    /// <summary>Takes over which slots belong together from what the client knows already.</summary>
    public void Look()
    {
        foreach (var server in connection.GetServers())
        {
            if (server.IsConnected && server.ClusterConfiguration is { } nodes)
            {
                Volatile.Write(ref _shardOfSlot, Group(nodes));
                return;
            }
        }
    }

    private static byte[]? Group(ClusterConfiguration nodes)
    {
        var shards = new byte[16_384];
        var count = 0;
        foreach (var node in nodes.Nodes)
        {
            if (node.Slots.Count == 0)
            {
                continue;
            }

            foreach (var range in node.Slots)
            {
                shards.AsSpan(range.From, range.To - range.From + 1).Fill((byte)count);
            }

            count++;
        }

        return count is > 1 and <= MaxShards ? shards : null;
    }

    // A shard is judged as the gate judges a whole store, and for the same reasons.
    private static StoreBreaker[] NewBreakers(StoreGateOptions options, TimeProvider time)
    {
        var breakers = new StoreBreaker[MaxShards];
        for (var i = 0; i < breakers.Length; i++)
        {
            breakers[i] = new StoreBreaker(options.FailuresToOpen, options.FailingFor, options.ProbeInterval, time);
        }

        return breakers;
    }

    private async Task LookLaterAsync()
    {
        try
        {
            // The client learns of moved slots one by one; this reads them all.
            await connection.ReconfigureAsync("slots moved");
            Look();
        }
        catch (Exception error) when (RedisFailure.IsExpected(error))
        {
            // The next slot that turns out to have moved tries again.
        }

        await Task.Delay(BetweenLooks, time);
        Volatile.Write(ref _looking, 0);
    }
}
