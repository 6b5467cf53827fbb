using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Works out from what the client knows which server holds which key.</summary>
internal static class RedisTopology
{
    // Place of the configuration epoch in a line of CLUSTER NODES (https://redis.io/docs/latest/commands/cluster-nodes/).
    private const int EpochPlace = 6;

    /// <summary>Reads the routes.</summary>
    /// <param name="known">The routes so far: what nobody can say now stays as it was.</param>
    /// <param name="servers">The client's servers.</param>
    /// <param name="fresh">What servers of a Cluster said of it just now; may be empty.</param>
    /// <param name="connect">Makes the link to a server that is new.</param>
    public static RedisRoutes Read(
        RedisRoutes known, IServer[] servers, IReadOnlyList<ClusterConfiguration> fresh, Func<EndPoint, RedisLink> connect)
    {
        var links = new List<RedisLink>(known.Servers);
        foreach (var server in servers)
        {
            if (Find(links, server.EndPoint) < 0)
            {
                links.Add(connect(server.EndPoint));
            }
        }

        var views = new List<ClusterConfiguration>(fresh);
        var isCluster = false;
        foreach (var server in servers)
        {
            if (server.IsConnected && server.ServerType == ServerType.Cluster)
            {
                isCluster = true;
                if (server.ClusterConfiguration is { } view)
                {
                    views.Add(view);
                }
            }
        }

        RedisLink[] all = [.. links];
        if (isCluster && views.Count > 0)
        {
            return WithSlots(known, all, views);
        }

        if (known.IsCluster || isCluster)
        {
            return known with { Servers = all };
        }

        var single = Primary(servers, links, known.Single);
        var isReplica = Array.Exists(servers, server => server is { IsConnected: true, IsReplica: true } && Find(links, server.EndPoint) == single);
        return new RedisRoutes(all, single, [], []) { IsReplica = isReplica };
    }

    // Where servers disagree, the claim with the highest configuration epoch holds: the Cluster's own rule. One as high
    // as what is known is what is known, or older than a MOVED: it changes nothing.
    private static RedisRoutes WithSlots(RedisRoutes known, RedisLink[] links, List<ClusterConfiguration> views)
    {
        var slots = new short[KeySlot.Count];
        var epochs = new long[KeySlot.Count];
        if (known.IsCluster)
        {
            known.ServerOfSlot.CopyTo(slots, 0);
            known.EpochOfSlot.CopyTo(epochs, 0);
        }
        else
        {
            Array.Fill(slots, RedisRoutes.NoServer);
            Array.Fill(epochs, -1);
        }

        foreach (var node in views.SelectMany(view => view.Nodes))
        {
            var server = node.EndPoint is { } endPoint ? Find(links, endPoint) : -1;
            if (server < 0 || node.IsReplica || node.Slots.Count == 0)
            {
                continue;
            }

            var epoch = EpochOf(node);
            foreach (var range in node.Slots)
            {
                for (int slot = range.From; slot <= range.To; slot++)
                {
                    if (epoch > epochs[slot])
                    {
                        epochs[slot] = epoch;
                        slots[slot] = (short)server;
                    }
                }
            }
        }

        return new RedisRoutes(links, RedisRoutes.NoServer, slots, epochs);
    }

    private static long EpochOf(ClusterNode node)
    {
        var parts = node.Raw.Split(' ');
        return parts.Length > EpochPlace && long.TryParse(parts[EpochPlace], CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;
    }

    // The server that takes writes; one that is a replica still answers what was known before.
    private static int Primary(IServer[] servers, List<RedisLink> links, int known)
    {
        var best = known;
        var bestRank = known < 0 ? -1 : 0;
        foreach (var server in servers)
        {
            var number = Find(links, server.EndPoint);
            var rank = !server.IsConnected ? 0 : server.IsReplica ? 2 : 4;
            rank += number == known ? 1 : 0;
            if (rank > bestRank)
            {
                (best, bestRank) = (number, rank);
            }
        }

        return best;
    }

    private static int Find(IReadOnlyList<RedisLink> links, EndPoint endPoint)
    {
        for (var i = 0; i < links.Count; i++)
        {
            if (links[i].EndPoint.Equals(endPoint))
            {
                return i;
            }
        }

        return -1;
    }
}
