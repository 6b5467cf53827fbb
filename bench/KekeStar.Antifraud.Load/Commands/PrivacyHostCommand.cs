using System.CommandLine;
using KekeStar.Antifraud.Load.Targets;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>"privacy-host": what "privacy-cost" measures.</summary>
internal static class PrivacyHostCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "privacy-host";

    /// <summary>Option that takes the zeroing pool away.</summary>
    public const string DefaultPool = "--default-pool";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var defaultPool = new Option<bool>(DefaultPool) { Description = "Kestrel's own memory pool instead of the one that clears." };
        var command = new Command(Name, "Serves what \"antifraud serve\" does; arguments are configuration, --Key=value.")
        {
            defaultPool,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await PrivacyHost.RunAsync(!parsed.GetValue(defaultPool), [.. parsed.UnmatchedTokens], cancellation);
            return 0;
        });
        return command;
    }
}
