using System.Diagnostics;
using System.Globalization;
using System.Net;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>A Redis Cluster of empty redis-servers on this machine, without replicas.</summary>
internal sealed class RedisShards : IAsyncDisposable
{
    // A Cluster's nodes speak with each other on a port that is 10,000 higher, which must exist.
    private const int HighestPort = 55_535;
    private static readonly TimeSpan FormLimit = TimeSpan.FromSeconds(60);

    private readonly List<ChildServer> _servers = [];

    private RedisShards()
    {
    }

    /// <summary>Gets the processes.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _servers.Select(static server => server.ProcessId)];

    /// <summary>Gets where the servers listen.</summary>
    public IReadOnlyList<IPEndPoint> Addresses => [.. _servers.Select(static server => server.Address)];

    /// <summary>Gets the addresses as the service takes them.</summary>
    public string Configuration => string.Join(',', _servers.Select(static server => server.Address));

    /// <summary>Starts the servers and has redis-cli share the slots out.</summary>
    /// <exception cref="ServerStartException">A server did not come up, or redis-cli made no Cluster of them.</exception>
    public static async Task<RedisShards> StartAsync(int count, CancellationToken cancellation)
    {
        var shards = new RedisShards();
        try
        {
            for (int i = 0; i < count; i++)
            {
                shards._servers.Add(await StartNodeAsync(cancellation));
            }

            await shards.FormAsync(cancellation);
            return shards;
        }
        catch
        {
            await shards.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ChildServer server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static Task<ChildServer> StartNodeAsync(CancellationToken cancellation)
    {
        IPEndPoint address;
        do
        {
            address = ChildServer.FreeAddress();
        }
        while (address.Port > HighestPort);

        // nodes.conf is written into the working directory.
        DirectoryInfo data = Directory.CreateTempSubdirectory("antifraud-shard-");
        var command = new ProcessStartInfo(
            "redis-server",
            [
                "--port", address.Port.ToString(CultureInfo.InvariantCulture), "--bind", address.Address.ToString(), "--save", string.Empty, "--appendonly", "no",
                "--cluster-enabled", "yes", "--cluster-require-full-coverage", "no", "--dir", data.FullName,
            ])
        {
            WorkingDirectory = data.FullName,
        };
        return ChildServer.StartAsync(command, address, data, cancellation);
    }

    private async Task FormAsync(CancellationToken cancellation)
    {
        var command = new ProcessStartInfo("redis-cli", ["--cluster", "create", .. _servers.Select(static server => server.Address.ToString()), "--cluster-replicas", "0", "--cluster-yes"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(command)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FormLimit);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0 || !output.Contains("All 16384 slots covered", StringComparison.Ordinal))
        {
            throw new ServerStartException($"redis-cli made no Cluster:{Environment.NewLine}{output}");
        }
    }
}
