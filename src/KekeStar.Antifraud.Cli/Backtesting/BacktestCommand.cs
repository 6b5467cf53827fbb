using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Backtests;
using KekeStar.Antifraud.Archive.Backtests.Page;
using KekeStar.Antifraud.Cli.Archives;
using KekeStar.Antifraud.Cli.Learning;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Cli.Backtesting;

/// <summary><c>antifraud backtest</c>: what a policy would have said of recorded decisions, with the windows counted anew.</summary>
internal static class BacktestCommand
{
    /// <summary>Name of the report in the folder of <c>--out</c>.</summary>
    public const string ReportName = "backtest.html";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var input = new ArchiveInput();
        var policy = new Option<string?>("--policy") { Description = "The policy file to try; left out: each decision's own policy." };
        var model = new Option<string?>("--model") { Description = "The model file to try, live in the policy to try; without one in the shipped policy." };
        var points = ModelFile.Points();
        var warmUp = new Option<int>("--warm-up")
        {
            Description = "Days in front of the range that fill the windows.",
            DefaultValueFactory = _ => BacktestLimits.DefaultWarmUpDays,
        };
        var labels = new Option<string?>("--labels") { Description = "Parquet file of labels, as antifraud replay writes it." };
        var feedback = new Option<string?>("--feedback") { Description = "A feedback.jsonl; left out: the archive's own." };
        var output = new Option<string?>("--out") { Description = "Folder for the report as a page, backtest.html; made if missing." };
        var command = new Command("backtest", "Decide what the archive recorded again, with its windows counted anew, under its policy and another one.")
        {
            input.Archives, policy, model, points, input.Policies, input.Models, input.From, input.To, warmUp, labels, feedback, output,
        };
        warmUp.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 0 or > BacktestLimits.MaxWarmUpDays)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"--warm-up: 0 to {BacktestLimits.MaxWarmUpDays} days are allowed."));
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var known = input.ReadPolicies(parsed);
                var setup = new BacktestSetup
                {
                    Archives = parsed.GetRequiredValue(input.Archives),
                    From = ArchiveInput.MomentOf(parsed.GetValue(input.From)),
                    To = ArchiveInput.MomentOf(parsed.GetValue(input.To)),
                    WarmUp = TimeSpan.FromDays(parsed.GetValue(warmUp)),
                    Policies = known,
                    Tried = Tried(known, parsed.GetValue(policy), parsed.GetValue(model), parsed.GetValue(points)),
                    Labels = parsed.GetValue(labels),
                    Feedback = parsed.GetValue(feedback),
                    Progress = (share, rows) => terminal.Error.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"antifraud: {100 * share:0} % of the time replayed, {rows:N0} rows.")),
                };
                var report = await Backtest.RunAsync(setup, cancellation);
                foreach (var fault in known.Faults)
                {
                    terminal.Error.WriteLine($"antifraud: {fault}");
                }

                BacktestView.Write(terminal.Screen, report);
                if (parsed.GetValue(output) is { } folder)
                {
                    Directory.CreateDirectory(folder);
                    var page = Path.Combine(folder, ReportName);
                    await File.WriteAllTextAsync(page, BacktestPage.Write(report), cancellation);
                    terminal.Output.WriteLine($"The report is in {page}");
                }

                return report.Agreement.IsComplete ? ExitCode.Answered : ExitCode.NotAsExpected;
            }
            catch (Exception failure) when (failure is ArchiveException or PolicyException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }
        });
        return command;
    }

    private static Policy? Tried(KnownPolicies known, string? policy, string? model, int points)
    {
        if (policy is null && model is null)
        {
            return null;
        }

        var (text, name) = policy is null ? (DefaultPolicy.ReadBytes(), "that ships with the library") : (File.ReadAllBytes(policy), policy);
        return model is null ? known.Add(text, name) : known.AddWith(text, name, ModelFile.Read(model), points);
    }
}
