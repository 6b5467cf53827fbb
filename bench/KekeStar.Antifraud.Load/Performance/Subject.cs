using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.SortedSets;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>What the table measures: how it is started and which of its methods is called.</summary>
/// <param name="Key">Name on the command line and for <see cref="Goal"/>.</param>
/// <param name="Name">Name in the table.</param>
/// <param name="Method">The method.</param>
/// <param name="StartAsync">Starts its processes with an empty store; the last one started is the one that is called.</param>
internal sealed record Subject(string Key, string Name, LoadMethod Method, Func<CancellationToken, Task<Stack<ChildServer>>> StartAsync)
{
    /// <summary>Key of the yardstick.</summary>
    public const string Echo = "echo";

    /// <summary>Key of unary Score with the embedded store.</summary>
    public const string Embedded = "embedded";

    /// <summary>Key of unary Score with a redis-server.</summary>
    public const string Redis = "redis";

    /// <summary>Key of unary Score over sorted sets and Lua in a redis-server, the design that was turned down.</summary>
    public const string SortedSets = "sorted-sets";

    /// <summary>Key of the same with the least that its script can do; it knows of no distinct accounts or devices.</summary>
    public const string SortedSetsLean = "sorted-sets-lean";

    /// <summary>Key of ScoreStream with the embedded store.</summary>
    public const string Stream = "stream";

    /// <summary>Key of ScoreBatch with the embedded store.</summary>
    public const string Batch = "batch";

    /// <summary>Gives all subjects, the yardstick first.</summary>
    /// <param name="assembly">Path of antifraud.dll.</param>
    /// <param name="further">Further configuration arguments of the service.</param>
    /// <param name="batch">Events of each ScoreBatch call, for the name.</param>
    public static IReadOnlyList<Subject> All(string assembly, IReadOnlyList<string> further, int batch) =>
    [
        new(Echo, "bare gRPC echo", LoadMethod.Echo, static async cancellation => new Stack<ChildServer>([await EchoProcess.StartAsync(cancellation)])),
        new(Embedded, "Score, embedded store", LoadMethod.Score, cancellation => StartServiceAsync(assembly, ServiceStore.Embedded, further, cancellation)),
        new(Redis, "Score, redis-server", LoadMethod.Score, cancellation => StartServiceAsync(assembly, ServiceStore.Redis, further, cancellation)),
        new(SortedSets, "Score over sorted sets in Lua, redis-server", LoadMethod.Score, cancellation => SortedSetSubject.StartAsync(SortedSetVariant.Full, further, cancellation)),
        new(SortedSetsLean, "the same with the least script, redis-server", LoadMethod.Score, cancellation => SortedSetSubject.StartAsync(SortedSetVariant.Lean, further, cancellation)),
        new(Stream, "ScoreStream, embedded store", LoadMethod.Stream, cancellation => StartServiceAsync(assembly, ServiceStore.Embedded, further, cancellation)),
        new(Batch, $"ScoreBatch of {batch}, embedded store", LoadMethod.Batch, cancellation => StartServiceAsync(assembly, ServiceStore.Embedded, further, cancellation)),
    ];

    /// <summary>Stops processes, the last one started first.</summary>
    public static async Task StopAsync(Stack<ChildServer> servers)
    {
        while (servers.TryPop(out ChildServer? server))
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<Stack<ChildServer>> StartServiceAsync(string assembly, ServiceStore store, IReadOnlyList<string> further, CancellationToken cancellation)
    {
        var servers = new Stack<ChildServer>();
        try
        {
            if (store == ServiceStore.Redis)
            {
                servers.Push(await RedisProcess.StartAsync(cancellation));
            }

            servers.Push(await ServiceProcess.StartAsync(assembly, store, servers.TryPeek(out ChildServer? redis) ? redis.Address : null, further, cancellation));
            return servers;
        }
        catch
        {
            await StopAsync(servers);
            throw;
        }
    }
}
