using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Intake.References;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary><c>antifraud tables</c>: build the reference tables; show those in use.</summary>
internal static class TablesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("tables", "Build the reference tables of devices, operators and addresses; show those in use.") { TablesBuildCommand.Create(terminal), Show(terminal) };

    private static Command Show(Terminal terminal)
    {
        var path = new Option<string?>("--path") { Description = "The folder of Antifraud:Tables:Path; without it, the tables that ship with the service." };
        var command = new Command("show", "Show date, source, number of entries and licence of the tables in use.") { path };
        command.SetAction(parsed =>
        {
            ReferenceTables tables;
            try
            {
                tables = parsed.GetValue(path) is { } folder ? ReferenceTables.Load(folder) : ReferenceTables.Embedded;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }

            var table = new Table().Border(TableBorder.Rounded).AddColumns("Table", "Date", "Entries", "Source", "Licence");
            foreach (var header in tables.Headers)
            {
                table.AddRow(
                    new Text(header.Kind.ToString()),
                    new Text(header.Date == default ? "unknown" : $"{header.Date:yyyy-MM-dd}"),
                    new Text(header.Entries.ToString(CultureInfo.InvariantCulture)),
                    new Text(header.Source),
                    new Text(header.Licence));
            }

            terminal.Screen.Write(table);
            return ExitCode.Answered;
        });
        return command;
    }
}
