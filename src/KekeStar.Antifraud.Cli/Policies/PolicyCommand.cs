using System.CommandLine;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Policies;

/// <summary><c>antifraud policy</c>: what a policy file says and what it may speak of.</summary>
internal static class PolicyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("policy", "Check a policy file; list the features that it may use.") { Check(terminal), ShowFeatures(terminal) };

    private static Command Check(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "The policy file; - for the standard input." };
        var models = new Option<string>("--models")
        {
            Description = "Folder of the model files that the policy may name.",
            DefaultValueFactory = static _ => new ModelOptions().Directory,
        };
        var command = new Command("check", "Check a policy file as the service would. Exit code: 0 sound, 2 not.") { path, models };
        command.SetAction(parsed =>
        {
            var shown = parsed.GetRequiredValue(path);
            byte[] text;
            try
            {
                text = Read(terminal, shown);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }

            var result = PolicyLoader.Load(text, new ModelLibrary(new ModelOptions { Directory = parsed.GetRequiredValue(models) }));
            if (result.Policy is { } policy)
            {
                terminal.Output.WriteLine($"Sound: version {policy.Version}, {policy.Rules.Length} rules, SHA-256 {policy.Hash}.");
                return ExitCode.Answered;
            }

            foreach (var error in result.Errors)
            {
                terminal.Error.WriteLine(error);
            }

            return terminal.Fail(ExitCode.BadInput, $"{shown}: {result.Errors.Count} errors; the service would keep its old policy.");
        });
        return command;
    }

    private static Command ShowFeatures(Terminal terminal)
    {
        var language = new Option<string>("--lang") { Description = "Language of the descriptions.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "zh");
        var filter = new Argument<string?>("PREFIX")
        {
            Description = "Show only features whose names begin so, such as device.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("show-features", "List the features that rules may use.") { filter, language };
        command.SetAction(parsed =>
        {
            var prefix = parsed.GetValue(filter) ?? "";
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Feature", "Unit", "Consent needed", "Meaning");
            foreach (var feature in FeatureCatalogue.All)
            {
                if (feature.Name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    table.AddRow(
                        new Text(feature.Name),
                        new Text(feature.Unit),
                        new Text(feature.Consent.ToString()),
                        new Text(parsed.GetValue(language) == "zh" ? feature.DescriptionZh : feature.Description));
                }
            }

            if (table.Rows.Count == 0)
            {
                return terminal.Fail(ExitCode.BadInput, "No feature's name begins so.");
            }

            terminal.Screen.Write(table);
            return ExitCode.Answered;
        });
        return command;
    }

    private static byte[] Read(Terminal terminal, string path)
    {
        using var stream = terminal.Open(path);
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }
}
