using System.Diagnostics;
using System.Globalization;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>A Redis Cluster of three primaries and three replicas on loopback, with a node time-out of two seconds.</summary>
internal sealed class RedisClusterProcesses : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<RedisServerProcess> _nodes = [];

    private RedisClusterProcesses()
    {
    }

    public IReadOnlyList<RedisServerProcess> Nodes => _nodes;

    /// <summary>The addresses of all nodes, as the options want them.</summary>
    public string Configuration => string.Join(',', _nodes.Select(node => node.EndPoint));

    public static async Task<RedisClusterProcesses> StartAsync()
    {
        var cluster = new RedisClusterProcesses();
        try
        {
            for (var i = 0; i < 6; i++)
            {
                cluster._nodes.Add(await RedisServerProcess.StartAsync(
                    "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no", "--repl-diskless-sync-delay", "0"));
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
        using var patience = new CancellationTokenSource(Patience);
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

    private async Task IsWholeAsync()
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Patience)
        {
            var whole = 0;
            foreach (var node in _nodes)
            {
                var info = (await node.ExecuteAsync("CLUSTER", "INFO")).ToString();
                var replication = (await node.ExecuteAsync("INFO", "replication")).ToString();
                whole += info.Contains("cluster_state:ok", StringComparison.Ordinal)
                    && (replication.Contains("role:master", StringComparison.Ordinal)
                        ? replication.Contains("connected_slaves:1", StringComparison.Ordinal)
                        : replication.Contains("master_link_status:up", StringComparison.Ordinal))
                    ? 1 : 0;
            }

            if (whole == _nodes.Count)
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The cluster was not whole within {Patience.TotalSeconds} seconds."));
    }
}
