using System.CommandLine;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>"shards": what three shards of a Redis Cluster take off one server.</summary>
internal static class ShardsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("shards", "Measures the CPU time that one redis-server and each of three shards need for an event, and says how far from linear three are. Exit code 2: a server did not start.");
        var arguments = new GrowthArguments(command);
        command.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed, "shards", "Scale-out of the store", needsRedis: true, [new ShardsSection()], cancellation));
        return command;
    }
}
