using System.CommandLine;
using Grpc.Core;
using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Cli.Reading;
using KekeStar.Antifraud.Cli.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Scoring;

/// <summary><c>antifraud score</c>: one event from JSON, one answer.</summary>
internal static class ScoreCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "JSON of one ScoreRequest (proto3 JSON mapping); - or nothing: the standard input.",
            DefaultValueFactory = _ => "-",
        };
        var json = new Option<bool>("--json") { Description = "Print the reply as JSON." };
        var language = new Option<string>("--lang")
        {
            Description = "Language of the answer, unless the event itself asks for one.",
            DefaultValueFactory = _ => "en",
        };
        language.AcceptOnlyFromAmong("en", "zh");
        var command = new Command("score", "Score one event. Exit code: 0 answered, 2 bad input, 3 no answer.") { file, json, language };
        var seal = new SealOption(command);
        var connection = new ConnectionOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new ScoreRequest();
            var words = Words.Of(parsed.GetRequiredValue(language));
            if (EventFile.Read(terminal, parsed.GetRequiredValue(file), request) is { } problem)
            {
                return terminal.Fail(ExitCode.BadInput, problem);
            }

            if (!seal.TryOpen(parsed, terminal, out var sealer))
            {
                return ExitCode.BadInput;
            }

            using (sealer)
            {
                try
                {
                    sealer?.Seal(request);
                }
                catch (Exception unsealable) when (unsealable is ArgumentException or InvalidOperationException)
                {
                    return terminal.Fail(ExitCode.BadInput, unsealable.Message);
                }
            }

            if (request.ReasonLanguage == ReasonLanguage.Unspecified)
            {
                request.ReasonLanguage = words.Language;
            }

            using var service = connection.Open(parsed);
            return await ScoreAsync(terminal, service, request, parsed.GetValue(json), words, cancellation);
        });
        return command;
    }

    private static async Task<int> ScoreAsync(
        Terminal terminal,
        ServiceConnection service,
        ScoreRequest request,
        bool json,
        Words words,
        CancellationToken cancellation)
    {
        try
        {
            var reply = await service.Antifraud.ScoreAsync(request, service.Call(cancellation));
            if (json)
            {
                await terminal.Output.WriteLineAsync(ContractNames.Json(reply));
            }
            else
            {
                ReplyView.Write(terminal.Screen, reply, words);
            }

            return ExitCode.Answered;
        }
        catch (RpcException failure)
        {
            return terminal.Fail(RpcOutcome.ExitCodeOf(failure.StatusCode), RpcOutcome.Describe(failure));
        }
    }
}
