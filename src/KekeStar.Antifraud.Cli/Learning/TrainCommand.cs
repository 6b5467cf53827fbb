using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Training;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary><c>antifraud train</c>: a model from archived decisions and what is known of them.</summary>
internal static class TrainCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var defaults = new TrainingOptions();
        var input = new LabelledInput();
        var output = new Option<string>("--out") { Description = "Folder for the model: HASH.json for the service, and ML.NET's own files.", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the model.", DefaultValueFactory = _ => defaults.Name };
        var seed = new Option<int>("--seed") { Description = "Decides about all that is random.", DefaultValueFactory = _ => defaults.Seed };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => defaults.Threads };
        var trees = BoundedOption.Create("--trees", "Trees of each risk.", defaults.Trees, 1, ModelLimits.MaxTrees);
        var leaves = BoundedOption.Create("--leaves", "Most leaves of a tree.", defaults.Leaves, 2, ModelLimits.MaxLeaves);
        var inputs = BoundedOption.Create("--inputs", "Most inputs of the model.", defaults.Inputs, 1, ModelLimits.MaxInputs);
        var command = new Command("train", "Train a model on archived decisions. Exit code: 0 trained, 2 not.")
        {
            output, name, seed, threads, trees, leaves, inputs,
        };
        input.AddTo(command);
        command.SetAction(parsed => LabelledInput.Guard(terminal, () =>
        {
            var progress = new LearningProgress(terminal.Error);
            var events = input.Read(parsed, progress.Tell);
            var split = EventSplit.Of(events.Events);
            progress.Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{split.Training.Count:N0} events to train, {split.Calibration.Count:N0} to calibrate, {split.Test.Count:N0} to test"));
            var options = defaults with
            {
                Name = parsed.GetRequiredValue(name),
                Truth = events.Truth,
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Trees = parsed.GetValue(trees),
                Leaves = parsed.GetValue(leaves),
                Inputs = parsed.GetValue(inputs),
            };
            var folder = parsed.GetRequiredValue(output);
            var model = new ModelTrainer(options, progress.Tell).Train(split, folder);
            terminal.Output.WriteLine($"The model is in {Path.Combine(folder, $"{model.Hash}.json")}");
        }));
        return command;
    }
}
