using System.Diagnostics;
using System.Globalization;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>A Redis Cluster of three primaries and three replicas on loopback.</summary>
internal sealed class RedisClusterProcesses : IAsyncDisposable
{
    /// <summary>Node time-out for facts about a fail-over: two seconds.</summary>
    public const int SoonFailOver = 2_000;

    /// <summary>Node time-out for all others: a minute, in which a node that a busy machine lets wait is not taken for dead.</summary>
    public const int NoFailOver = 60_000;

    private readonly List<RedisServerProcess> _nodes = [];

    private RedisClusterProcesses()
    {
    }

    public IReadOnlyList<RedisServerProcess> Nodes => _nodes;

    /// <summary>The addresses of all nodes, as the options want them.</summary>
    public string Configuration => string.Join(',', _nodes.Select(node => node.EndPoint));

    /// <summary>Starts a Cluster and waits until it is whole.</summary>
    /// <param name="nodeTimeout">After how many milliseconds a silent node counts as dead.</param>
    public static async Task<RedisClusterProcesses> StartAsync(int nodeTimeout)
    {
        var cluster = new RedisClusterProcesses();
        try
        {
            for (var i = 0; i < 6; i++)
            {
                cluster._nodes.Add(await RedisServerProcess.StartAsync(
                    "--cluster-enabled", "yes", "--cluster-node-timeout", nodeTimeout.ToString(CultureInfo.InvariantCulture), "--cluster-require-full-coverage", "no", "--repl-diskless-sync-delay", "0"));
            }

            await cluster.CreateAsync();
            await cluster.IsWholeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The nodes that hold slots at this moment, in the order of their first slot.</summary>
    public async Task<IReadOnlyList<RedisServerProcess>> PrimariesAsync(RedisServerProcess asked)
    {
        var shards = (StackExchange.Redis.RedisResult[])(await asked.ExecuteAsync("CLUSTER", "SLOTS"))!;
        return [.. shards.OrderBy(shard => (int)shard[0]).Select(shard => _nodes.Single(node => node.Port == (int)shard[2][1]))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task CreateAsync()
    {
        var start = new ProcessStartInfo("redis-cli") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["--cluster", "create", .. _nodes.Select(node => node.EndPoint), "--cluster-replicas", "1", "--cluster-yes"])
        {
            start.ArgumentList.Add(argument);
        }

        using var create = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            var output = await create.StandardOutput.ReadToEndAsync(patience.Token);
            await create.WaitForExitAsync(patience.Token);
            Assert.True(create.ExitCode == 0, output);
        }
        catch (OperationCanceledException)
        {
            create.Kill();
            throw;
        }
    }

    private Task IsWholeAsync() => Patience.UntilAsync(
        async () =>
        {
            foreach (var node in _nodes)
            {
                var info = (await node.ExecuteAsync("CLUSTER", "INFO")).ToString();
                var replication = (await node.ExecuteAsync("INFO", "replication")).ToString();
                var isWhole = info.Contains("cluster_state:ok", StringComparison.Ordinal)
                    && (replication.Contains("role:master", StringComparison.Ordinal)
                        ? replication.Contains("connected_slaves:1", StringComparison.Ordinal)
                        : replication.Contains("master_link_status:up", StringComparison.Ordinal));
                if (!isWhole)
                {
                    return false;
                }
            }

            return true;
        },
        static () => "The cluster is not whole.");
}
