using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.DryRuns;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>The dry runs of this instance: the last one of each draft. They go on when their page is closed.</summary>
/// <param name="source">The policy in force.</param>
/// <param name="time">The clock.</param>
/// <param name="decisions">The decisions.</param>
internal sealed class DryRuns(PolicySource source, TimeProvider time, OptionalArchive decisions) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Sha256, DryRun Run)> _runs = new(StringComparer.Ordinal);

    /// <summary>True if there are decisions to try a policy on.</summary>
    public bool IsPossible => decisions.Archive is not null;

    /// <summary>The dry run of a draft as it is now; null: there was none since it was changed.</summary>
    public DryRun? Of(PolicyDraft draft)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(draft.Id, out var found) && found.Sha256 == draft.Sha256 ? found.Run : null;
        }
    }

    /// <summary>Begins one in the place of the draft's last.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="policy">What the loader made of it.</param>
    /// <param name="most">Most decisions.</param>
    /// <returns>False if <see cref="ArchiveLimits.MaxDryRuns"/> are under way, or if no decisions are kept.</returns>
    public bool TryStart(PolicyDraft draft, Policy policy, int most)
    {
        lock (_lock)
        {
            var underWay = _runs.Values.Count(static run => run.Run.Report.State == DryRunState.Running);
            if (decisions.Archive is not { } archive || underWay >= ArchiveLimits.MaxDryRuns)
            {
                return false;
            }

            // Those of drafts that are long gone go with the oldest.
            if (_runs.Count >= PolicyEditingLimits.MaxDrafts && !_runs.ContainsKey(draft.Id))
            {
                Forget(_runs.Keys.First());
            }

            Forget(draft.Id);
            _runs.Add(draft.Id, (draft.Sha256, DryRun.Start(archive, policy, source.Current, time.GetUtcNow(), most)));
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var draft in _runs.Keys.ToList())
            {
                Forget(draft);
            }
        }
    }

    private void Forget(string draft)
    {
        if (_runs.Remove(draft, out var old))
        {
            old.Run.Cancel();
            _ = old.Run.Completion.ContinueWith(_ => old.Run.Dispose(), TaskScheduler.Default);
        }
    }
}
