using System.CommandLine;
using System.Globalization;
using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Cli.Auditing;

/// <summary><c>antifraud audit</c>: check and read an audit log, while a service writes to it or not.</summary>
internal static class AuditCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Terminal terminal) =>
        new("audit", "Check an audit log; show its lines.") { Verify(terminal), Show(terminal) };

    private static Command Verify(Terminal terminal)
    {
        var directory = Place();
        var expected = new Option<string?>("--expect-last")
        {
            Description = "Hash of the last line, 64 hexadecimal digits, known from a receipt or the service's log: a cut end shows in no other way.",
        };
        expected.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } hash && !AuditSyntax.IsHash(hash))
            {
                result.AddError("--expect-last: 64 lower-case hexadecimal digits are expected.");
            }
        });
        var command = new Command("verify", "Check every line of a log. Exit code: 0 intact, 1 not, with the first place and why.") { directory, expected };
        command.SetAction(parsed => Read(terminal, parsed.GetRequiredValue(directory), path =>
        {
            var found = AuditVerifier.Verify(path, parsed.GetValue(expected));
            if (found.Last is { } last && found.First is { } first)
            {
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Lines} lines, seq {first.Seq} to {last.Seq}"));
                terminal.Output.WriteLine($"first {AuditTable.Time(first.Time)} {first.Hash}");
                terminal.Output.WriteLine($"last  {AuditTable.Time(last.Time)} {last.Hash}");
            }
            else
            {
                terminal.Output.WriteLine("0 lines");
            }

            if (found.IsIntact)
            {
                terminal.Output.WriteLine("Intact.");
                return ExitCode.Answered;
            }

            return terminal.Fail(ExitCode.NotAsExpected, $"BROKEN: {found.Explain()}.");
        }));
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var directory = Place();
        var receipt = new Option<string?>("--receipt") { Description = "Only lines of this receipt." };
        var action = new Option<string?>("--action") { Description = "Only lines of this action, such as erase_account." };
        action.AcceptOnlyFromAmong([.. AuditActionName.All]);
        var since = new Option<DateTimeOffset?>("--since")
        {
            Description = "Only lines of this time or later, such as 2026-11-01 or 2026-11-01T08:00:00Z; without an offset it is UTC.",
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    return time;
                }

                result.AddError("--since: a time such as 2026-11-01T08:00:00Z is expected.");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "The lines as they stand in the files." };
        var command = new Command("show", "Show lines of a log. It checks nothing: see verify.") { directory, receipt, action, since, json };
        command.SetAction(parsed => Read(terminal, parsed.GetRequiredValue(directory), path =>
        {
            var wanted = new AuditFilter(parsed.GetValue(receipt), parsed.GetValue(action), parsed.GetValue(since));
            return parsed.GetValue(json)
                ? AuditTable.WriteJson(terminal, path, wanted)
                : AuditTable.Write(terminal, path, wanted);
        }));
        return command;
    }

    private static Argument<string> Place() => new("DIRECTORY") { Description = "The log's directory, the setting Antifraud:Audit:Directory." };

    private static int Read(Terminal terminal, string directory, Func<string, int> read)
    {
        try
        {
            return read(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return terminal.Fail(ExitCode.BadInput, failure.Message);
        }
    }
}
