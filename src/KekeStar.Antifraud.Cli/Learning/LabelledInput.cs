using System.CommandLine;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Learning.Data;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary>What the commands of learning read, and how they fail.</summary>
internal static class LabelledInput
{
    /// <summary>The option that names the archive.</summary>
    public static Option<string> Archive() => new("--archive") { Description = "Folder of a decision archive that no process is writing.", Required = true };

    /// <summary>The option that names the labels.</summary>
    public static Option<string> Labels() => new("--labels") { Description = "Labels file, Parquet: docs/model.md.", Required = true };

    /// <summary>The option that leaves out the first days.</summary>
    public static Option<int> Skip() => new("--skip-days")
    {
        Description = "Leave out the first days of the archive, in which the windows were still filling. The same for train and evaluate, or the test is not the same.",
        DefaultValueFactory = static _ => 0,
    };

    /// <summary>Reads both, showing how far it is.</summary>
    public static List<LabelledEvent> Read(Terminal terminal, string archive, string labels, int skipDays)
    {
        const int Step = 100_000;
        var told = 0;
        var events = LabelledArchive.Read(archive, labels, read =>
        {
            if (read / Step > told)
            {
                told = read / Step;
                terminal.Output.WriteLine($"{read:N0} events read");
            }
        });
        var from = events[0].TimeMilliseconds + (long)TimeSpan.FromDays(skipDays).TotalMilliseconds;
        var kept = events.FindAll(e => e.TimeMilliseconds >= from);
        return kept.Count > 0 ? kept : throw new InvalidDataException($"All {events.Count} events are of the first {skipDays} days.");
    }

    /// <summary>Runs a command whose files may be missing or wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Guard(Terminal terminal, Action run)
    {
        try
        {
            run();
            return ExitCode.Answered;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or DuckDBException)
        {
            return terminal.Fail(ExitCode.BadInput, failure.Message);
        }
    }
}
