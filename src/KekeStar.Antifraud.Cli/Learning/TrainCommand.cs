using System.CommandLine;
using DuckDB.NET.Data;
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
        var archive = LabelledInput.Archive();
        var labels = LabelledInput.Labels();
        var skip = LabelledInput.Skip();
        var output = new Option<string>("--out") { Description = "Folder for the model: HASH.json for the service, and ML.NET's own files.", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the model.", DefaultValueFactory = _ => defaults.Name };
        var seed = new Option<int>("--seed") { Description = "Decides about all that is random.", DefaultValueFactory = _ => defaults.Seed };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => defaults.Threads };
        var trees = Bounded("--trees", "Trees of each risk.", defaults.Trees, 1, ModelLimits.MaxTrees);
        var leaves = Bounded("--leaves", "Most leaves of a tree.", defaults.Leaves, 2, ModelLimits.MaxLeaves);
        var inputs = Bounded("--inputs", "Most inputs of the model.", defaults.Inputs, 1, ModelLimits.MaxInputs);
        var command = new Command("train", "Train a model on archived decisions. Exit code: 0 trained, 2 not.")
        {
            archive, labels, skip, output, name, seed, threads, trees, leaves, inputs,
        };
        command.SetAction(parsed => LabelledInput.Guard(terminal, () =>
        {
            var events = LabelledInput.Read(terminal, parsed.GetRequiredValue(archive), parsed.GetRequiredValue(labels), parsed.GetValue(skip));
            var split = EventSplit.Of(events);
            terminal.Output.WriteLine(
                $"{split.Training.Count:N0} events to train, {split.Calibration.Count:N0} to calibrate, {split.Test.Count:N0} to test, of {events.Count:N0}");
            var options = defaults with
            {
                Name = parsed.GetRequiredValue(name),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Trees = parsed.GetValue(trees),
                Leaves = parsed.GetValue(leaves),
                Inputs = parsed.GetValue(inputs),
            };
            new ModelTrainer(options, terminal.Output.WriteLine).Train(split, parsed.GetRequiredValue(output));
        }));
        return command;
    }

    private static Option<int> Bounded(string name, string description, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} {least} to {most}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is var given && (given < least || given > most))
            {
                result.AddError($"{name} is {given}; allowed are {least} to {most}.");
            }
        });
        return option;
    }
}
