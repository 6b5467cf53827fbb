using System.CommandLine;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"publish": everything that is published, one after the other, so that one command rebuilds it all.</summary>
internal static class PublishCommand
{
    // The table first: it is what suffers most from a machine that is still warm from filling stores.
    private static readonly string[] Parts = ["table", "memory", "shards", "growth"];

    /// <summary>Makes the command.</summary>
    /// <param name="root">Where the commands are that it runs, each with what is preset.</param>
    public static Command Create(RootCommand root)
    {
        var command = new Command("publish", $"Runs {string.Join(", ", Parts)} with what is preset, and rebuilds all of bench/results/performance. The exit code is the highest of theirs.");
        command.SetAction(async (_, cancellation) =>
        {
            int worst = 0;
            foreach (string part in Parts)
            {
                worst = Math.Max(worst, await root.Parse([part]).InvokeAsync(cancellationToken: cancellation));
            }

            return worst;
        });
        return command;
    }
}
