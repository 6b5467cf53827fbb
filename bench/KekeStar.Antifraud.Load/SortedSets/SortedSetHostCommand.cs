using System.CommandLine;

namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>"sorted-set-host": the service over sorted sets, for <see cref="SortedSetSubject"/>.</summary>
internal static class SortedSetHostCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "sorted-set-host";

    /// <summary>Option that chooses the lean variant.</summary>
    public const string Lean = "--lean";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var lean = new Option<bool>(Lean) { Description = "ZADD, three ZCOUNT and EXPIRE for each entity and nothing else." };
        var command = new Command(Name, "Serves what \"antifraud serve\" does, with sorted sets in Lua in place of window logs; arguments are configuration, --Key=value.")
        {
            lean,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await SortedSetHost.RunAsync(parsed.GetValue(lean) ? SortedSetVariant.Lean : SortedSetVariant.Full, [.. parsed.UnmatchedTokens], cancellation);
            return 0;
        });
        return command;
    }
}
