using System.CommandLine;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Cli.Keys;

/// <summary><c>antifraud keys create</c>: the master key of the pseudonyms.</summary>
internal static class KeysCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "The file to make; it must not exist." };
        var create = new Command("create", "Make a random master key that its owner alone can read.") { path };
        create.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(path);
            try
            {
                KeyRing.Create(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }

            terminal.Output.WriteLine($"Made {file}. Give the same file to every instance, and keep a copy: without it no window can be read.");
            return ExitCode.Answered;
        });
        return new Command("keys", "The master key of the pseudonyms.") { create };
    }
}
