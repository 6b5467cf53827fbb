using System.CommandLine;
using System.Security.Cryptography;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Sealing;

/// <summary><c>antifraud sealing create</c>: the keys that gateways seal identifiers with.</summary>
internal static class SealingCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("FILE") { Description = "The key file; one that exists gets one more key." };
        var id = new Option<uint?>("--id") { Description = "Number of the new key. Default: one more than the highest in the file, 1 in a new one." };
        var create = new Command("create", "Make a random sealing key in a file that its owner alone can read.") { path, id };
        create.SetAction(parsed =>
        {
            try
            {
                return AddKey(terminal, parsed.GetRequiredValue(path), parsed.GetValue(id));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }
            catch (InvalidDataException wrong)
            {
                return terminal.Fail(ExitCode.BadInput, $"{parsed.GetRequiredValue(path)}: {wrong.Message}");
            }
        });
        return new Command("sealing", "The keys that gateways seal identifiers with.") { create };
    }

    private static int AddKey(Terminal terminal, string file, uint? wanted)
    {
        var keys = File.Exists(file) ? SealingKeyFile.Read(file) : [];
        var highest = keys.Length == 0 ? 0 : keys.Max(static key => key.Id);
        if (wanted is { } taken && keys.Any(key => key.Id == taken))
        {
            return terminal.Fail(ExitCode.BadInput, $"--id: the file has a key {taken} already.");
        }

        if (wanted is null && highest == uint.MaxValue)
        {
            return terminal.Fail(ExitCode.BadInput, "--id: no higher number is left; choose one.");
        }

        if (keys.Length == SealingKeyText.MaxKeys)
        {
            return terminal.Fail(ExitCode.BadInput, $"The file has {keys.Length} keys, which is the most; take out those that no gateway uses.");
        }

        var id = wanted ?? highest + 1;
        Span<byte> key = stackalloc byte[SealedFormat.KeyLength];
        RandomNumberGenerator.Fill(key);
        SealingKeyFile.Write(file, [.. keys, new SealingKey(id, key)]);
        CryptographicOperations.ZeroMemory(key);
        terminal.Output.WriteLine(keys.Length == 0
            ? $"Made {file} with key {id}. Give it to every instance of the service and to the gateways."
            : $"Added key {id} to {file}. Give the file to every instance of the service, then let the gateways seal with key {id}, then take the old key out.");
        return ExitCode.Answered;
    }
}
