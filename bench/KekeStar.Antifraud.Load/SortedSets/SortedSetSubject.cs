using KekeStar.Antifraud.Load.Performance;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>Starts the service over sorted sets.</summary>
internal static class SortedSetSubject
{
    /// <summary>Starts a redis-server and the service over it; the service is the last one started.</summary>
    /// <param name="variant">How much the script does.</param>
    /// <param name="further">Further configuration arguments of the service.</param>
    /// <param name="cancellation">Gives up the start.</param>
    public static async Task<Stack<ChildServer>> StartAsync(SortedSetVariant variant, IReadOnlyList<string> further, CancellationToken cancellation)
    {
        var servers = new Stack<ChildServer>();
        try
        {
            ChildServer redis = await RedisProcess.StartAsync(cancellation);
            servers.Push(redis);
            string[] program = [typeof(SortedSetSubject).Assembly.Location, SortedSetHostCommand.Name];
            servers.Push(await ServiceProcess.StartAsync(
                variant == SortedSetVariant.Full ? program : [.. program, SortedSetHostCommand.Lean],
                ServiceStore.Redis,
                redis.Address,
                sealingKeys: null,
                further,
                cancellation));
            return servers;
        }
        catch
        {
            await Subject.StopAsync(servers);
            throw;
        }
    }
}
