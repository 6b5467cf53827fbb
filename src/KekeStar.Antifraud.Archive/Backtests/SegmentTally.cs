using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>Counts the verdicts in a part of the decisions.</summary>
internal sealed class SegmentTally
{
    private readonly VerdictCounts _then = new();
    private readonly VerdictCounts _now = new();
    private long _decisions;

    /// <summary>Counts a decision.</summary>
    /// <param name="then">The verdict then.</param>
    /// <param name="now">The verdict now.</param>
    /// <param name="truth">What is known of its event; null: nothing.</param>
    public void Add(Verdict then, Verdict now, Truth? truth)
    {
        _decisions++;
        _then.Add(then, truth);
        _now.Add(now, truth);
    }

    /// <summary>What was counted.</summary>
    public SegmentReport Report(SegmentKind kind, string name) => new(kind, name, _decisions, _then.Measures(_decisions), _now.Measures(_decisions));

    private sealed class VerdictCounts
    {
        private long _challenged;
        private long _rejected;
        private long _fraud;
        private long _fraudStopped;
        private long _benign;
        private long _benignStopped;

        public void Add(Verdict verdict, Truth? truth)
        {
            _challenged += verdict == Verdict.Challenge ? 1 : 0;
            _rejected += verdict == Verdict.Reject ? 1 : 0;
            var stopped = verdict is Verdict.Challenge or Verdict.Reject ? 1 : 0;
            if (truth is { } known)
            {
                _fraud += known.IsFraud ? 1 : 0;
                _fraudStopped += known.IsFraud ? stopped : 0;
                _benign += known.IsFraud ? 0 : 1;
                _benignStopped += known.IsFraud ? 0 : stopped;
            }
        }

        public SegmentMeasures Measures(long decisions) => new(
            new Share(_challenged, decisions),
            new Share(_rejected, decisions),
            Precision: new Share(_fraudStopped, _fraudStopped + _benignStopped),
            Recall: new Share(_fraudStopped, _fraud),
            FalseStops: new Share(_benignStopped, _benign));
    }
}
