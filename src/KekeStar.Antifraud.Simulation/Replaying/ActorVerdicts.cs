using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>How the events of one segment or adversary were answered.</summary>
/// <param name="actor">The segment or adversary.</param>
/// <param name="isAbusive">True for an adversary.</param>
/// <param name="isUnseen">True for an adversary that is kept out of training.</param>
internal sealed class ActorVerdicts(string actor, bool isAbusive, bool isUnseen)
{
    private readonly long[] _counts = new long[(int)Verdict.Reject + 1];

    internal string Actor => actor;

    internal bool IsAbusive => isAbusive;

    internal bool IsUnseen => isUnseen;

    /// <summary>Number of events.</summary>
    internal long Events => _counts.Sum();

    /// <summary>Events with a verdict.</summary>
    internal long CountOf(Verdict verdict) => _counts[(int)verdict];

    /// <summary>Share of the events with a verdict.</summary>
    internal double ShareOf(Verdict verdict) => Events == 0 ? 0 : (double)CountOf(verdict) / Events;

    internal void Add(Verdict verdict) => _counts[(int)verdict]++;
}
