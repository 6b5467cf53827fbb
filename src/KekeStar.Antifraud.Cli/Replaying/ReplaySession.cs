using KekeStar.Antifraud.Cli.Connecting;
using KekeStar.Antifraud.Client;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>Checks a file and sends it, with a progress bar.</summary>
/// <param name="terminal">Where to print.</param>
/// <param name="file">What to send.</param>
internal sealed class ReplaySession(Terminal terminal, ReplayFile file)
{
    /// <summary>True: place the last event at now, and give the events new ids.</summary>
    public bool Now { get; init; }

    /// <summary>1: as recorded; infinite: as fast as possible.</summary>
    public double Speed { get; init; } = double.PositiveInfinity;

    /// <summary>Most calls at a time.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Seals the identifiers; null: they are sent as they are.</summary>
    public IdentifierSealer? Sealer { get; init; }

    /// <summary>Checks the file; prints what is wrong.</summary>
    /// <returns>What the file holds; null if it cannot be sent.</returns>
    public ReplaySurvey? Check()
    {
        ReplaySurvey survey;
        try
        {
            survey = file.Survey(Sealer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            terminal.Fail(ExitCode.BadInput, failure.Message);
            return null;
        }

        if (Complaint(survey) is not { } complaint)
        {
            return survey;
        }

        foreach (var fault in survey.Faults)
        {
            terminal.Error.WriteLine(fault);
        }

        terminal.Fail(ExitCode.BadInput, complaint);
        return null;
    }

    /// <summary>Sends the file that <see cref="Check"/> found sound.</summary>
    public async Task<ReplayTally> RunAsync(ReplaySurvey survey, ServiceConnection service, CancellationToken cancellation)
    {
        using var runner = new ReplayRunner(service, new ReplayPace(Speed, survey.First ?? 0, TimeProvider.System), Concurrency, Sealer);
        return await terminal.Screen.Progress().StartAsync(context =>
        {
            var bar = context.AddTask("Replaying", maxValue: survey.Entries);
            return runner.RunAsync(Placed(survey), () => bar.Increment(1), cancellation);
        });
    }

    private IEnumerable<ReplayEntry> Placed(ReplaySurvey survey)
    {
        if (!Now)
        {
            return file.Entries();
        }

        var now = TimeProvider.System.GetUtcNow();
        var run = $"-{Guid.NewGuid().ToString("N")[..8]}";
        return file.Entries().Select(entry =>
        {
            ReplayTime.Place(entry, survey.Last ?? 0, now);
            ReplayTime.Renew(entry, run);
            return entry;
        });
    }

    private string? Complaint(ReplaySurvey survey)
    {
        if (survey.FaultCount > 0)
        {
            return $"{survey.FaultCount} lines are wrong; nothing was sent.";
        }

        if (survey.Entries == 0)
        {
            return "The file holds no line.";
        }

        return Now && survey.Last - survey.First > ReplayTime.LongestSpan.TotalMilliseconds
            ? $"The file spans more than {ReplayTime.LongestSpan.TotalHours:0.0} hours, and the service takes no event older than a day; nothing was sent."
            : null;
    }
}
