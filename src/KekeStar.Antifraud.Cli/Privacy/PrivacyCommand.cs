using System.CommandLine;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary><c>antifraud privacy</c>: the rights of the people behind the accounts; docs/privacy.md says what each reaches.</summary>
internal static class PrivacyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal) => new("privacy", "Export, correct and erase what is held about an account; take back consent.")
    {
        EraseCommand.Create(terminal),
        ExportCommand.Create(terminal),
        WithdrawCommand.Create(terminal),
        CorrectCommand.Create(terminal),
        KeyStatusCommand.Create(terminal),
    };
}
