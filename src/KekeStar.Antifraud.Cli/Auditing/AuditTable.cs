using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Audit;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Auditing;

/// <summary>Lines of an audit log for a reader.</summary>
internal static class AuditTable
{
    /// <summary>A time as in the log, without milliseconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes lines as they stand in the files.</summary>
    public static int WriteJson(Terminal terminal, string directory, AuditFilter wanted) =>
        Each(terminal, directory, wanted, line => terminal.Output.WriteLine(Encoding.ASCII.GetString(line.Encode())));

    /// <summary>Writes lines as a table.</summary>
    public static int Write(Terminal terminal, string directory, AuditFilter wanted)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Seq", "Time, action", "Caller, purpose, subject", "Receipt, details").ShowRowSeparators();
        var exitCode = Each(terminal, directory, wanted, line => table.AddRow(
            new Text(line.Seq.ToString(CultureInfo.InvariantCulture)),
            new Text($"{Time(line.Time)}\n{line.Action}"),
            new Text($"{line.Caller}\n{line.Purpose}\n{line.Subject}".TrimEnd()),
            new Text(string.Join('\n', line.Details.Values.Select(static detail => $"{detail.Key} {detail.Value.Trim('"')}").Prepend(line.ReceiptId)))));
        terminal.Screen.Write(table);
        return exitCode;
    }

    private static int Each(Terminal terminal, string directory, AuditFilter wanted, Action<AuditLine> write)
    {
        var unreadable = 0;
        foreach (var file in AuditDirectory.Files(directory))
        {
            using var lines = new LineScanner(file.Path);
            while (lines.Read())
            {
                if (AuditLine.TryParse(lines.Line) is not { } line)
                {
                    unreadable++;
                }
                else if (wanted.Takes(line))
                {
                    write(line);
                }
            }
        }

        return unreadable == 0
            ? ExitCode.Answered
            : terminal.Fail(ExitCode.NotAsExpected, string.Create(CultureInfo.InvariantCulture, $"{unreadable} lines are none of the log; see 'antifraud audit verify'."));
    }
}
