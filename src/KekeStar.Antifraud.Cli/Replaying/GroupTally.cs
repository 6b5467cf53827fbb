using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>What the events of one group were answered.</summary>
/// <param name="name">The group.</param>
internal sealed class GroupTally(string name)
{
    private readonly List<(int Line, Verdict Verdict)> _verdicts = [];

    /// <summary>The group.</summary>
    public string Name => name;

    /// <summary>Scores of the answered events.</summary>
    public ScoreDistribution Scores { get; } = new();

    /// <summary>Number of reports taken.</summary>
    public int Reports { get; private set; }

    /// <summary>Number of answers that were degraded, scores and reports.</summary>
    public int Degraded { get; private set; }

    /// <summary>Verdicts in the order of the file.</summary>
    public IEnumerable<Verdict> Verdicts => _verdicts.OrderBy(v => v.Line).Select(v => v.Verdict);

    /// <summary>Number of events with a verdict.</summary>
    public int CountOf(Verdict verdict) => _verdicts.Count(v => v.Verdict == verdict);

    /// <summary>Counts an answered event.</summary>
    public void Add(int line, ScoreReply reply)
    {
        _verdicts.Add((line, reply.Verdict));
        Scores.Add(reply.Score);
        Degraded += reply.Degraded.Count > 0 ? 1 : 0;
    }

    /// <summary>Counts a report.</summary>
    public void Add(ReportReply reply)
    {
        Reports++;
        Degraded += reply.Degraded.Count > 0 ? 1 : 0;
    }
}
