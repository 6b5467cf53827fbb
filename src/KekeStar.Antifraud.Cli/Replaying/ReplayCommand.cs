using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Samples;
using KekeStar.Antifraud.Cli.Sealing;
using KekeStar.Antifraud.Simulation.Replaying;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary><c>antifraud replay</c>: a file of events against a running service, or a simulated one through the hot path in this process.</summary>
internal static class ReplayCommand
{
    private const int MaxConcurrency = 1024;

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string?>("FILE")
        {
            Description = "JSON lines; - for the standard input. With --archive: a Parquet file of antifraud simulate.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var sample = new Option<bool>("--sample") { Description = "Replay the shipped sample traffic, with --now." };
        var now = new Option<bool>("--now")
        {
            Description = "Place the last event at now, the others before it, and give the events new ids.",
        };
        var speed = new Option<string>("--speed")
        {
            Description = "max, or a factor: 1 sends as recorded, 10 ten times as fast.",
            DefaultValueFactory = _ => "max",
        };
        var concurrency = new Option<int>("--concurrency")
        {
            Description = "Most calls at a time; lines of one account keep their order.",
            DefaultValueFactory = _ => 8,
        };
        var archive = new Option<string?>("--archive")
        {
            Description = "Replay in this process, at the file's own times, and write the decisions and their labels into this empty folder.",
        };
        var policy = new Option<string?>("--policy") { Description = "With --archive: the policy that decides. Default: the shipped one." };
        var memory = new Option<int>("--store-memory")
        {
            Description = "With --archive: mebibytes for the windows. Default: 4096.",
            DefaultValueFactory = static _ => ReplayOptions.UsualStoreMebibytes,
        };
        var command = new Command("replay", "Send a file of events to a running service and sum up the answers; or replay a simulated file here.")
        {
            path, sample, now, speed, concurrency, archive, policy, memory,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(archive) is null)
            {
                if (result.GetResult(policy) is { Implicit: false } || result.GetResult(memory) is { Implicit: false })
                {
                    result.AddError("--policy and --store-memory go with --archive.");
                }
            }
            else if (result.GetValue(path) is null or "-" || result.GetValue(sample) || result.GetValue(now)
                || result.GetResult(speed) is { Implicit: false } || result.GetResult(concurrency) is { Implicit: false })
            {
                result.AddError("--archive goes with a file of antifraud simulate, and without --sample, --now, --speed and --concurrency.");
            }

            var isSample = result.GetValue(sample);
            if (isSample == result.GetValue(path) is not null)
            {
                result.AddError("Give either FILE or --sample.");
            }

            // Null here is an option that was not given: defaults come after validation.
            if ((isSample || result.GetValue(now)) && ParseSpeed(result.GetValue(speed)) is { } factor && !double.IsInfinity(factor))
            {
                result.AddError("--now places events in the past, which --speed cannot pace; leave one of them out.");
            }
        });
        speed.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ParseSpeed(result.Tokens[0].Value) is null)
            {
                result.AddError("--speed: max or a number above 0 is expected.");
            }
        });
        concurrency.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > MaxConcurrency)
            {
                result.AddError($"--concurrency: 1 to {MaxConcurrency} is allowed.");
            }
        });
        memory.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < ReplayOptions.LeastStoreMebibytes or > ReplayOptions.MostStoreMebibytes)
            {
                result.AddError($"--store-memory: {ReplayOptions.LeastStoreMebibytes} to {ReplayOptions.MostStoreMebibytes} is allowed.");
            }
        });
        var seal = new SealOption(command);
        var connection = new ConnectionOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(archive) is { } folder)
            {
                var options = new ReplayOptions(folder) { StoreMebibytes = parsed.GetValue(memory), Policy = parsed.GetValue(policy) };
                return await ArchiveReplay.RunAsync(terminal, parsed.GetValue(path)!, options, cancellation);
            }

            if (!seal.TryOpen(parsed, terminal, out var sealer))
            {
                return ExitCode.BadInput;
            }

            using var whileSending = sealer;
            var isSample = parsed.GetValue(sample);
            var file = isSample ? SampleTraffic.File : ReplayFile.Of(terminal, parsed.GetValue(path)!);
            var session = new ReplaySession(terminal, file)
            {
                Now = isSample || parsed.GetValue(now),
                Speed = ParseSpeed(parsed.GetValue(speed))!.Value,
                Concurrency = parsed.GetValue(concurrency),
                Sealer = sealer,
            };
            if (session.Check() is not { } survey)
            {
                return ExitCode.BadInput;
            }

            using var service = connection.Open(parsed);
            var tally = await session.RunAsync(survey, service, cancellation);
            ReplayView.Write(terminal.Screen, tally);
            ReplayView.WriteRate(terminal.Screen, tally);
            return tally.FailureCount == 0 ? ExitCode.Answered : ExitCode.ServiceFailed;
        });
        return command;
    }

    /// <summary>Reads a speed; "max" is infinite.</summary>
    /// <returns>The factor, or null if the text is none.</returns>
    internal static double? ParseSpeed(string? text)
    {
        if (text == "max")
        {
            return double.PositiveInfinity;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor > 0
            ? factor
            : null;
    }
}
