using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Live;

/// <summary>What was decided in some span of time, counted.</summary>
internal sealed class DecisionCounts
{
    /// <summary>Number of verdicts, VERDICT_UNSPECIFIED included.</summary>
    public const int Verdicts = (int)Verdict.Reject + 1;

    /// <summary>Number of score classes of 50 points.</summary>
    public const int ScoreClasses = 20;

    /// <summary>Points of a score class.</summary>
    public const int ScoreClassWidth = 50;

    /// <summary>Length of <see cref="All"/>.</summary>
    public const int Length = LatencyStart + LatencyScale.Classes;

    private const int DegradedAt = Policy.SceneCount * Verdicts;
    private const int RefusedAt = DegradedAt + 1;
    private const int ScoreStart = RefusedAt + 1;
    private const int LatencyStart = ScoreStart + ScoreClasses;

    /// <summary>The counts one behind the other, so that two states can be subtracted at once.</summary>
    public long[] All { get; } = new long[Length];

    /// <summary>Number of decisions.</summary>
    public long Decisions => All.AsSpan(0, DegradedAt).ToArray().Sum();

    /// <summary>Decisions that rest on less than they should.</summary>
    public long Degraded => All[DegradedAt];

    /// <summary>Requests that could not be scored.</summary>
    public long Refused => All[RefusedAt];

    /// <summary>Number of durations in each class of <see cref="LatencyScale"/>.</summary>
    public ReadOnlySpan<long> Latencies => All.AsSpan(LatencyStart);

    /// <summary>Number of scores in each class of 50 points.</summary>
    public ReadOnlySpan<long> Scores => All.AsSpan(ScoreStart, ScoreClasses);

    /// <summary>Place of a scene's verdict.</summary>
    public static int PlaceOf(Scene scene, Verdict verdict) => ((int)scene * Verdicts) + (int)verdict;

    /// <summary>Place of the degraded ones.</summary>
    public static int PlaceOfDegraded => DegradedAt;

    /// <summary>Place of the refused ones.</summary>
    public static int PlaceOfRefused => RefusedAt;

    /// <summary>Place of a score.</summary>
    public static int PlaceOfScore(int score) => ScoreStart + Math.Clamp(score / ScoreClassWidth, 0, ScoreClasses - 1);

    /// <summary>Place of a duration in seconds.</summary>
    public static int PlaceOfLatency(double seconds) => LatencyStart + LatencyScale.ClassOf(seconds);

    /// <summary>Decisions of a scene with a verdict.</summary>
    public long Of(Scene scene, Verdict verdict) => All[PlaceOf(scene, verdict)];

    /// <summary>Decisions with a verdict.</summary>
    public long Of(Verdict verdict)
    {
        var sum = 0L;
        for (var scene = 0; scene < Policy.SceneCount; scene++)
        {
            sum += All[PlaceOf((Scene)scene, verdict)];
        }

        return sum;
    }

    /// <summary>Decisions of a scene.</summary>
    public long Of(Scene scene) => All.AsSpan((int)scene * Verdicts, Verdicts).ToArray().Sum();

    /// <summary>Adds another span of time.</summary>
    public void Add(DecisionCounts other)
    {
        for (var i = 0; i < Length; i++)
        {
            All[i] += other.All[i];
        }
    }
}
