using System.Collections.Concurrent;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud;

/// <summary>
/// All that one event needs from its first byte to its reply, in one reused object: nothing is allocated for an event
/// but what gRPC itself allocates.
/// </summary>
internal sealed class ScoringCall
{
    // As many as can be in flight in a busy service; more are left to the garbage collector.
    private const int MaxPooled = 256;

    private static readonly ConcurrentQueue<ScoringCall> Pool = new();
    private static int _pooled;

    // An event mostly ends on the thread that it began on. The same object for the next one is still in that processor's cache,
    // where the queue would go round through some 30 KiB for each of its objects.
    [ThreadStatic]
    private static ScoringCall? _ofThread;

    private ScoringCall() => Completed = Task.FromResult(this);

    /// <summary>A completed task of this very object, made once: a call that needs no waiting allocates none.</summary>
    public Task<ScoringCall> Completed { get; }

    /// <summary>The event.</summary>
    public ScoreEvent Event { get; } = new();

    /// <summary>What its windows hold.</summary>
    public EventCounts Counts { get; } = new();

    /// <summary>Its features.</summary>
    public FeatureVector Features { get; } = new(FeatureCatalogue.Count);

    /// <summary>The answer.</summary>
    public EventDecision Decision { get; } = new();

    /// <summary>Takes one from the pool.</summary>
    public static ScoringCall Rent()
    {
        if (_ofThread is { } call)
        {
            _ofThread = null;
            return call;
        }

        if (Pool.TryDequeue(out call))
        {
            Interlocked.Decrement(ref _pooled);
            return call;
        }

        return new ScoringCall();
    }

    /// <summary>Gives it back; the caller must not touch it any more.</summary>
    public void Return()
    {
        if (_ofThread is null)
        {
            _ofThread = this;
        }
        else if (Interlocked.Increment(ref _pooled) <= MaxPooled)
        {
            Pool.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref _pooled);
        }
    }
}
