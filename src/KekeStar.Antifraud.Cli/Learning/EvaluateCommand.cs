using System.CommandLine;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Evaluation;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary><c>antifraud evaluate</c>: rules alone, model alone and both, on the latest quarter of labelled decisions.</summary>
internal static class EvaluateCommand
{
    private const int DefaultPoints = 500;

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var archive = LabelledInput.Archive();
        var labels = LabelledInput.Labels();
        var skip = LabelledInput.Skip();
        var model = new Option<string>("--model") { Description = "The model file.", Required = true };
        var policy = new Option<string?>("--policy") { Description = "The policy file with the rules; without: the shipped one." };
        var points = new Option<int>("--points") { Description = $"Points of the model, 1 to {ModelLimits.MaxPoints}.", DefaultValueFactory = static _ => DefaultPoints };
        var output = new Option<string?>("--out") { Description = "Folder for evaluation.md and evaluation.json." };
        var all = new Option<bool>("--all") { Description = "Judge all events, not the latest quarter alone; for a model that was trained on others." };
        var command = new Command("evaluate", "Judge rules, model and both on archived decisions. Exit code: 0 judged, 2 not.")
        {
            archive, labels, skip, model, policy, points, output, all,
        };
        command.SetAction(parsed => LabelledInput.Guard(terminal, () =>
        {
            var read = ModelLoader.Load(File.ReadAllBytes(parsed.GetRequiredValue(model)));
            if (read.Model is not { } loaded)
            {
                throw new InvalidDataException($"The model has {read.Errors.Count} errors: {string.Join("; ", read.Errors.Take(5))}");
            }

            var events = LabelledInput.Read(terminal, parsed.GetRequiredValue(archive), parsed.GetRequiredValue(labels), parsed.GetValue(skip));
            var judged = parsed.GetValue(all) ? events : EventSplit.Of(events).Test;
            var evaluation = Evaluator.Run(ReadPolicy(parsed.GetValue(policy)), new PolicyModel(loaded, parsed.GetValue(points)), judged);
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

    private static Policy ReadPolicy(string? path)
    {
        var result = PolicyLoader.Load(path is null ? DefaultPolicy.ReadBytes() : File.ReadAllBytes(path));
        return result.Policy ?? throw new InvalidDataException($"The policy has {result.Errors.Count} errors: {string.Join("; ", result.Errors.Take(5))}");
    }
}
