using System.CommandLine;
using Grpc.Core;
using Grpc.Health.V1;
using KekeStar.Antifraud.Cli.Connecting;

namespace KekeStar.Antifraud.Cli.Probing;

/// <summary>
/// <c>antifraud health</c>: asks a running service for its health over gRPC. For orchestrators: the container image has no
/// shell and no other program to ask with, and a kubelet's own gRPC probe knows no TLS.
/// </summary>
internal static class HealthCommand
{
    private const int DeadlineMilliseconds = 2_000;

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var name = new Option<string>("--service")
        {
            Description = "Health name: empty for the process itself, 'store' for whether answers are full ones.",
            DefaultValueFactory = static _ => "",
        };
        var command = new Command("health", "Ask a running service for its health: exit code 0 if it is serving, 3 if not.") { name };
        var connection = new ConnectionOptions(command, DeadlineMilliseconds);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var service = connection.Open(parsed);
            try
            {
                var reply = await service.Health.CheckAsync(
                    new HealthCheckRequest { Service = parsed.GetRequiredValue(name) }, service.Call(cancellation));
                if (reply.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                {
                    terminal.Output.WriteLine("serving");
                    return ExitCode.Answered;
                }

                return terminal.Fail(ExitCode.ServiceFailed, "not serving");
            }
            catch (RpcException unknown) when (unknown.StatusCode == StatusCode.NotFound)
            {
                return terminal.Fail(ExitCode.BadInput, "--service: the service has no health of this name.");
            }
            catch (RpcException failure)
            {
                return terminal.Fail(RpcOutcome.ExitCodeOf(failure.StatusCode), RpcOutcome.Describe(failure));
            }
        });
        return command;
    }
}
