using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Archive.DryRuns;

/// <summary>
/// Tries a policy on recent decisions, in the background: each is decided anew from the features that were recorded. Runs on a thread of
/// its own below the others' priority, and asks the archive like any page does.
/// </summary>
/// <remarks>
/// What cannot be tried: other verdicts would have led to other events, such as an account that was never made. Lists, step-up and the
/// state of the store are taken as they were.
/// </remarks>
internal sealed class DryRun : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private volatile DryRunReport _report;

    private DryRun(int most)
    {
        Most = most;
        _report = new DryRunReport
        {
            State = DryRunState.Running,
            Decisions = 0,
            WithoutFeatures = 0,
            UnderOtherPolicies = 0,
            Oldest = null,
            Changes = [],
            Rules = [],
            Examples = [],
        };
    }

    /// <summary>Most decisions that it looks at.</summary>
    public int Most { get; }

    /// <summary>What it has found until now.</summary>
    public DryRunReport Report => _report;

    /// <summary>Share that is done, 0 … 1, of <see cref="Most"/>; there may be fewer decisions.</summary>
    public double Progress => _report.State == DryRunState.Running ? (double)(_report.Decisions + _report.WithoutFeatures) / Most : 1;

    /// <summary>Ends with it.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins one.</summary>
    /// <param name="archive">The decisions.</param>
    /// <param name="draft">The policy to try.</param>
    /// <param name="inForce">The policy in force.</param>
    /// <param name="to">The moment behind the last decision.</param>
    /// <param name="most">Most decisions, 1 to <see cref="ArchiveLimits.MaxDryRunRows"/>.</param>
    public static DryRun Start(DecisionArchive archive, Policy draft, Policy inForce, DateTimeOffset to, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, ArchiveLimits.MaxDryRunRows);
        var run = new DryRun(most);
        run.Completion = Task.Factory.StartNew(
            () => run.Run(archive, new DryRunTally(draft, inForce), to),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return run;
    }

    /// <summary>Ends it soon; what was found stays.</summary>
    public void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private void Run(DecisionArchive archive, DryRunTally tally, DateTimeOffset to)
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        try
        {
            _report = tally.Report(Read(archive, tally, to));
        }
        catch (OperationCanceledException)
        {
            _report = tally.Report(DryRunState.Cancelled);
        }
        catch
        {
            _report = tally.Report(DryRunState.Failed);
            throw;
        }
    }

    private DryRunState Read(DecisionArchive archive, DryRunTally tally, DateTimeOffset to)
    {
        DecisionCursor? after = null;
        do
        {
            var rows = Math.Min(ArchiveLimits.DryRunPageRows, Most - tally.Rows);
            var answer = archive.RecordedAsync(to.AddDays(-ArchiveLimits.MaxRetentionDays - 1), to, rows, after, _cancellation.Token).GetAwaiter().GetResult();
            if (!answer.IsAnswered)
            {
                return DryRunState.Failed;
            }

            foreach (var decision in answer.Value.Decisions)
            {
                _cancellation.Token.ThrowIfCancellationRequested();
                tally.Add(decision);
            }

            after = answer.Value.Next;
            _report = tally.Report(DryRunState.Running);
        }
        while (after is not null && tally.Rows < Most);
        return DryRunState.Done;
    }
}
