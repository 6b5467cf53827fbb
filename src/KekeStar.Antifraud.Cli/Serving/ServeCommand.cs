using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace KekeStar.Antifraud.Cli.Serving;

/// <summary><c>antifraud serve</c>: the service in this process.</summary>
internal static class ServeCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="host">Builds the service from configuration arguments such as "--Key=value".</param>
    public static Command Create(Func<string[], WebApplication> host)
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
            await using var application = host([.. parsed.UnmatchedTokens]);
            await ((IHost)application).RunAsync(cancellation);
            return ExitCode.Answered;
        });
        return command;
    }
}
