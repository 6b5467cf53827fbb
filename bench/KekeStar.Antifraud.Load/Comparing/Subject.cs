using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Comparing;

/// <summary>What is compared: how it is started and which of its methods is called.</summary>
/// <param name="Name">"echo", "score, embedded" or "score, redis".</param>
/// <param name="Method">The method.</param>
/// <param name="StartAsync">Starts its processes; the last one started is the one that is called.</param>
internal sealed record Subject(string Name, LoadMethod Method, Func<CancellationToken, Task<Stack<ChildServer>>> StartAsync)
{
    /// <summary>Gets the yardstick.</summary>
    public static Subject Echo { get; } = new(
        "echo",
        LoadMethod.Echo,
        static async cancellation => new Stack<ChildServer>([await EchoProcess.StartAsync(cancellation)]));

    /// <summary>Gives the service with a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="assembly">Path of antifraud.dll.</param>
    /// <param name="further">Further configuration arguments.</param>
    public static Subject Service(ServiceStore store, string assembly, IReadOnlyList<string> further) => new(
        store == ServiceStore.Embedded ? "score, embedded" : "score, redis",
        LoadMethod.Score,
        async cancellation =>
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
        });

    /// <summary>Stops processes, the last one started first.</summary>
    public static async Task StopAsync(Stack<ChildServer> servers)
    {
        while (servers.TryPop(out ChildServer? server))
        {
            await server.DisposeAsync();
        }
    }
}
