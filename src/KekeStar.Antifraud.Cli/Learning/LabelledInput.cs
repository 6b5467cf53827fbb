using System.CommandLine;
using System.Globalization;
using DuckDB.NET.Data;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Learning.Data;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary>What the commands of learning read, and how they fail.</summary>
internal sealed class LabelledInput
{
    private const string Ignore = "ignore";
    private const string Honest = "honest";

    private readonly Option<string[]> _archives = new("--archive")
    {
        Description = "Folder of the decision archive; once for each instance of the service. Services may go on writing.",
        Required = true,
    };

    private readonly Option<string?> _labels = new("--labels") { Description = "Parquet file of labels: docs/model.md." };

    private readonly Option<string?> _feedback = new("--feedback") { Description = "A feedback.jsonl with marks of people; left out: the archive's own." };

    private readonly Option<string> _unlabelled = new("--unlabelled")
    {
        Description = "Decisions of which nothing is known: ignore them, or take those that were passed or reviewed for honest.",
        DefaultValueFactory = static _ => Ignore,
    };

    private readonly Option<int> _skip = new("--skip-days")
    {
        Description = "Leave out the first days, in which the windows were still filling. The same for train and evaluate, or the test is not the same.",
        DefaultValueFactory = static _ => 0,
    };

    /// <summary>Makes the options.</summary>
    public LabelledInput() => _unlabelled.AcceptOnlyFromAmong(Ignore, Honest);

    /// <summary>Adds its options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_archives, _labels, _feedback, _unlabelled, _skip])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the events.</summary>
    /// <exception cref="InvalidDataException">There are none, or too many, or what is read is not what it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="DuckDBException">A file cannot be read.</exception>
    public LabelledEvents Read(ParseResult parsed, Action<string> progress)
    {
        var files = new TruthFiles
        {
            Archives = parsed.GetRequiredValue(_archives),
            Labels = parsed.GetValue(_labels),
            Feedback = parsed.GetValue(_feedback),
        };
        var read = LabelledArchive.Read(files, parsed.GetValue(_unlabelled) == Honest ? UnlabelledEvents.Honest : UnlabelledEvents.Ignore, progress);
        var skipDays = parsed.GetValue(_skip);
        var from = read.Events[0].TimeMilliseconds + (long)TimeSpan.FromDays(skipDays).TotalMilliseconds;
        var kept = read with { Events = [.. read.Events.Where(e => e.TimeMilliseconds >= from)] };
        progress(string.Create(CultureInfo.InvariantCulture, $"{kept.Events.Count:N0} events, {kept.Events.Count(static e => e.IsAbusive):N0} of them attacks"));
        return kept.Events.Count > 0
            ? kept
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"All {read.Events.Count} events are of the first {skipDays} days."));
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
