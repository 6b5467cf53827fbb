using System.CommandLine;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary><c>antifraud sample</c>, hidden: prints the sample traffic anew, for whoever changes its generator.</summary>
internal static class SampleCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("sample", "Print the sample traffic; redirect it to Samples/sample-traffic.jsonl.") { Hidden = true };
        command.SetAction(async (_, cancellation) =>
        {
            foreach (var line in SampleTraffic.Lines())
            {
                await terminal.Output.WriteAsync($"{line}\n".AsMemory(), cancellation);
            }

            return ExitCode.Answered;
        });
        return command;
    }
}
