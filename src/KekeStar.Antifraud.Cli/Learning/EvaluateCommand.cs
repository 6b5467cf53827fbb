using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Evaluation;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary><c>antifraud evaluate</c>: rules alone, model alone and both, on the latest quarter of labelled decisions.</summary>
internal static class EvaluateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var input = new LabelledInput();
        var model = new Option<string>("--model") { Description = "The model file.", Required = true };
        var policy = new Option<string?>("--policy") { Description = "The policy file with the rules; without: the shipped one. Models that it names are looked for beside the model." };
        var points = ModelFile.Points();
        var output = new Option<string?>("--out") { Description = "Folder for evaluation.md and evaluation.json." };
        var all = new Option<bool>("--all") { Description = "Judge all events, not the latest quarter alone; for a model that was trained on others." };
        var command = new Command("evaluate", "Judge rules, model and both on archived decisions. Exit code: 0 judged, 2 not.")
        {
            model, policy, points, output, all,
        };
        input.AddTo(command);
        command.SetAction(parsed => LabelledInput.Guard(terminal, () =>
        {
            var path = parsed.GetRequiredValue(model);
            var loaded = ModelFile.Read(path);
            var rules = ReadPolicy(parsed.GetValue(policy), Path.GetDirectoryName(Path.GetFullPath(path))!);
            var progress = new LearningProgress(terminal.Error);
            var events = input.Read(parsed, progress.Tell).Events;
            var judged = parsed.GetValue(all) ? events : EventSplit.Of(events).Test;
            progress.Tell(string.Create(CultureInfo.InvariantCulture, $"judging {judged.Count:N0} events"));
            var evaluation = Evaluator.Run(rules, new PolicyModel(loaded, parsed.GetValue(points)), judged);
            var text = EvaluationReport.Markdown(evaluation);
            terminal.Output.Write(text);
            if (parsed.GetValue(output) is { } folder)
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "evaluation.md"), text);
                File.WriteAllText(Path.Combine(folder, "evaluation.json"), EvaluationReport.Json(evaluation));
            }
        }));
        return command;
    }

    private static Policy ReadPolicy(string? path, string models)
    {
        var result = PolicyLoader.Load(
            path is null ? DefaultPolicy.ReadBytes() : File.ReadAllBytes(path), new ModelLibrary(new ModelOptions { Directory = models }));
        return result.Policy ?? throw new InvalidDataException($"The policy has {result.Errors.Count} errors: {string.Join("; ", result.Errors.Take(5))}");
    }
}
