using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Archive.Backtests;
using KekeStar.Antifraud.Archive.Backtests.Page;
using KekeStar.Antifraud.Scoring.Editing;

namespace KekeStar.Antifraud.Cli.Backtesting;

/// <summary><c>antifraud backtest</c>: what a policy would have said of recorded decisions, with the windows counted anew.</summary>
internal static class BacktestCommand
{
    /// <summary>Name of the report in the folder of <c>--out</c>.</summary>
    public const string ReportName = "backtest.html";

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var archives = new Option<string[]>("--archive")
        {
            Description = "Folder of the decision archive; once for each instance of the service.",
            Required = true,
        };
        var policy = new Option<string?>("--policy") { Description = "The policy file to try; left out: each decision's own policy." };
        var policies = new Option<string[]>("--policies")
        {
            Description = "Policies that decided then: files, or the service's policy directory. The shipped one is known.",
            DefaultValueFactory = _ => [],
        };
        var from = new Option<string?>("--from") { Description = "The first moment, such as 2026-11-20 or 2026-11-20T08:00:00Z; left out: the archive's." };
        var to = new Option<string?>("--to") { Description = "The moment behind the last; left out: the archive's end." };
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
            archives, policy, policies, from, to, warmUp, labels, feedback, output,
        };
        foreach (var moment in (Option<string?>[])[from, to])
        {
            moment.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && Moment(result.Tokens[0].Value) is null)
                {
                    result.AddError($"{moment.Name}: a date or a time in ISO 8601 is expected.");
                }
            });
        }

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
                var known = new BacktestPolicies();
                foreach (var path in parsed.GetValue(policies)!)
                {
                    AddPolicies(known, path);
                }

                var setup = new BacktestSetup
                {
                    Archives = parsed.GetRequiredValue(archives),
                    From = Moment(parsed.GetValue(from)),
                    To = Moment(parsed.GetValue(to)),
                    WarmUp = TimeSpan.FromDays(parsed.GetValue(warmUp)),
                    Policies = known,
                    Tried = parsed.GetValue(policy) is { } tried ? known.Add(await File.ReadAllBytesAsync(tried, cancellation), tried) : null,
                    Labels = parsed.GetValue(labels),
                    Feedback = parsed.GetValue(feedback),
                    Progress = (share, rows) => terminal.Error.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"antifraud: {100 * share:0} % of the time replayed, {rows:N0} rows.")),
                };
                var report = await Backtest.RunAsync(setup, cancellation);
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
            catch (Exception failure) when (failure is BacktestException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }
        });
        return command;
    }

    // A date without a time is its midnight, and a time without a zone is UTC, as the archive's folders are.
    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    private static void AddPolicies(BacktestPolicies known, string path)
    {
        if (!Directory.Exists(path))
        {
            known.Add(File.ReadAllBytes(path), path);
            return;
        }

        for (var number = PolicyFolder.Newest(path); number > 0; number--)
        {
            known.Add(System.Text.Encoding.UTF8.GetBytes(PolicyFolder.ReadVersion(path, number).Text), $"Version {number} in {path}");
        }

        foreach (var file in Directory.EnumerateFiles(path, "*.json"))
        {
            known.Add(File.ReadAllBytes(file), file);
        }
    }
}
