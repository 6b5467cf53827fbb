using System.CommandLine;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>"growth": what an event costs as the store, its logs and the event itself grow.</summary>
internal static class GrowthCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("growth", "Measures the CPU time of an event against keys in the store, records in its logs and entities it names, and plots it. Exit code 2: a server did not start.");
        var arguments = new GrowthArguments(command);
        command.SetAction((parsed, cancellation) => arguments.RunAsync(
            parsed, "growth", "Growth: what an event costs as things become more", needsRedis: false, [new KeysSection(), new FillSection(), new EntitiesSection()], cancellation));
        return command;
    }
}
