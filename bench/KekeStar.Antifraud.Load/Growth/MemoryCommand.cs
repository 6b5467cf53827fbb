using System.CommandLine;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>"memory": bytes that an entity with ten events takes in each store.</summary>
internal static class MemoryCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("memory", "Measures the bytes that an entity with ten events takes in the embedded store and in a redis-server. Exit code 2: a server did not start.");
        var arguments = new GrowthArguments(command);
        command.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed, "memory", "Memory of an entity", needsRedis: false, [new MemorySection()], cancellation));
        return command;
    }
}
