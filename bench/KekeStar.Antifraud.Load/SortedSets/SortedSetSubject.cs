using KekeStar.Antifraud.Load.Comparing;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>The service over sorted sets, as something that is started and compared.</summary>
internal static class SortedSetSubject
{
    /// <summary>Gives the subject: a redis-server of its own and the service over it.</summary>
    /// <param name="variant">How much the script does.</param>
    /// <param name="further">Further configuration arguments of the service.</param>
    public static Subject Of(SortedSetVariant variant, IReadOnlyList<string> further) => new(
        variant == SortedSetVariant.Full ? "score, sorted sets" : "score, sorted sets (lean)",
        LoadMethod.Score,
        async cancellation =>
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
        });
}
