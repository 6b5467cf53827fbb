using System.CommandLine;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake.Sealing;

namespace KekeStar.Antifraud.Cli.Sealing;

/// <summary>The option of every command that sends identifiers: to seal them.</summary>
internal sealed class SealOption
{
    private readonly Option<string?> _file = new("--seal-key")
    {
        Description = "Seal the identifiers with the last key of this file ('antifraud sealing create' makes one).",
    };

    /// <summary>Creates the option and adds it to a command.</summary>
    public SealOption(Command command) => command.Add(_file);

    /// <summary>Makes the sealer that the command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Takes what is wrong.</param>
    /// <param name="sealer">The sealer; null: nothing is to be sealed.</param>
    /// <returns>False if the file cannot be used.</returns>
    public bool TryOpen(ParseResult parsed, Terminal terminal, out IdentifierSealer? sealer)
    {
        sealer = null;
        if (parsed.GetValue(_file) is not { } file)
        {
            return true;
        }

        try
        {
            var key = SealingKeyFile.Read(file)[^1];
            sealer = new IdentifierSealer(key.Id, key.Bytes);
            key.Destroy();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            terminal.Fail(ExitCode.BadInput, $"--seal-key: {file}: {failure.Message}");
            return false;
        }
    }
}
