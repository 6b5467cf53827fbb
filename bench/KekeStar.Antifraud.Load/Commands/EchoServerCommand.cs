using System.CommandLine;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"echo-server": the yardstick.</summary>
internal static class EchoServerCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "echo-server";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Serves a bare gRPC echo on 127.0.0.1 (h2c) until it is stopped.");
        Option<int> port = BoundedOption.Create("--port", "Port to listen on.", 5100, 1, 65_535);
        command.Options.Add(port);
        command.SetAction(async (parsed, cancellation) =>
        {
            await EchoServer.RunAsync(parsed.GetValue(port), cancellation);
            return 0;
        });
        return command;
    }
}
