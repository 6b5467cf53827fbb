using System.CommandLine;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Cli.Keys;

/// <summary><c>antifraud keys</c>: makes, rotates, shows and destroys the keys of the pseudonyms. Never prints a key.</summary>
internal static class KeysCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="terminal">Where the command reads and writes.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public static Command Create(Terminal terminal, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        return new Command("keys", "The keys of the pseudonyms.")
        {
            Make(terminal), Rotate(terminal, clock), Status(terminal, clock), Destroy(terminal, clock),
        };
    }

    private static Command Make(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "The file to make; it must not exist." };
        var algorithm = Algorithm($"Default: {KeyAlgorithmName.Sha256}.");
        var command = new Command("create", "Make a key file with one random master key that its owner alone can read.") { path, algorithm };
        command.SetAction(parsed => Guarded(terminal, parsed.GetRequiredValue(path), file =>
        {
            KeyRingFile.Create(file, Find(parsed.GetValue(algorithm)) ?? KeyAlgorithm.HmacSha256);
            terminal.Output.WriteLine($"Made {file}. Give the same file to every instance, and keep a copy: without it no window can be read.");
            return ExitCode.Answered;
        }));
        return command;
    }

    private static Command Rotate(Terminal terminal, TimeProvider time)
    {
        var path = KeyFile();
        var begins = new Option<string?>("--begins") { Description = $"When the rotation begins, in UTC: {KeyTime.Example}. Default: in 10 minutes." };
        var algorithm = Algorithm("Default: that of the last epoch.");
        var command = new Command("rotate", "Add an epoch with a new random master key.") { path, begins, algorithm };
        command.SetAction(parsed => Guarded(
            terminal, parsed.GetRequiredValue(path), file => KeyRotation.Add(terminal, time, file, parsed.GetValue(begins), Find(parsed.GetValue(algorithm)))));
        return command;
    }

    private static Command Status(Terminal terminal, TimeProvider time)
    {
        var path = KeyFile();
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("status", "Show each epoch's role, until when it has it, and what to do next.") { path, json };
        command.SetAction(parsed => Guarded(terminal, parsed.GetRequiredValue(path), file =>
        {
            KeyStatusView.Show(terminal, file, KeyRingFile.Read(file), time.GetUtcNow(), parsed.GetValue(json));
            return ExitCode.Answered;
        }));
        return command;
    }

    private static Command Destroy(Terminal terminal, TimeProvider time)
    {
        var path = KeyFile();
        var command = new Command("destroy", "Take the keys of expired epochs out of the file.") { path };
        command.SetAction(parsed => Guarded(terminal, parsed.GetRequiredValue(path), file => KeyDestruction.Remove(terminal, time, file)));
        return command;
    }

    private static Argument<string> KeyFile() => new("FILE") { Description = "The key file." };

    private static Option<string?> Algorithm(string byDefault)
    {
        var option = new Option<string?>("--algorithm") { Description = $"What pseudonyms are made with. {byDefault}" };
        option.AcceptOnlyFromAmong(KeyAlgorithmName.Sha256, KeyAlgorithmName.Sm3);
        return option;
    }

    private static KeyAlgorithm? Find(string? name) => name is null ? null : KeyAlgorithmName.Find(name);

    private static int Guarded(Terminal terminal, string file, Func<string, int> act)
    {
        try
        {
            return act(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return terminal.Fail(ExitCode.BadInput, failure.Message);
        }
        catch (InvalidDataException wrong)
        {
            return terminal.Fail(ExitCode.BadInput, $"{file}: {wrong.Message}");
        }
    }
}
