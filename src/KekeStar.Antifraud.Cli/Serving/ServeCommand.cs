using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KekeStar.Antifraud.Cli.Serving;

/// <summary><c>antifraud serve</c>: the service in this process.</summary>
internal static class ServeCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="terminal">Where to say why the service does not start.</param>
    /// <param name="host">Builds the service from configuration arguments such as "--Key=value".</param>
    public static Command Create(Terminal terminal, ServiceBuilder host)
    {
        var command = new Command(
            "serve",
            "Start the service. Arguments are configuration, --Key=value, and go before appsettings.json and the environment.")
        {
            // What the parser does not know comes back as unmatched, in its order, and is the service's configuration.
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                await using var application = await host([.. parsed.UnmatchedTokens]);
                await ((IHost)application).RunAsync(cancellation);
                return ExitCode.Answered;
            }
            catch (OptionsValidationException wrong)
            {
                return terminal.Fail(ExitCode.BadInput, string.Join(Environment.NewLine, wrong.Failures));
            }
            catch (Exception failure) when (failure is InvalidOperationException or IOException)
            {
                // What the host promises for a key ring, a store or a port that it cannot have; the message says what to do.
                return terminal.Fail(ExitCode.ServiceFailed, failure.Message);
            }
        });
        return command;
    }
}
