using System.Globalization;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>The figures of the overview, taken at one moment.</summary>
/// <param name="live">What was decided lately.</param>
internal sealed class OverviewView(LiveDecisions live)
{
    /// <summary>What the tiles tell of: the last minute.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    /// <summary>What the charts tell of: all that is kept.</summary>
    public static readonly TimeSpan All = LiveDecisions.Kept * LiveDecisions.Interval;

    /// <summary>The verdicts that are shown, mildest first.</summary>
    public static IReadOnlyList<Verdict> Verdicts { get; } = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject];

    /// <summary>The scenes, without the one that is none.</summary>
    public static IReadOnlyList<Scene> Scenes { get; } = [.. Enum.GetValues<Scene>().Where(static scene => scene != Scene.Unspecified)];

    /// <summary>The intervals, the oldest first.</summary>
    public IReadOnlyList<LiveInterval> Intervals { get; } = live.Intervals;

    /// <summary>The last minute.</summary>
    public DecisionCounts LastMinute { get; } = live.Sum(Recent);

    /// <summary>All that is kept.</summary>
    public DecisionCounts Kept { get; } = live.Sum(All);

    /// <summary>Decisions for each second of the last minute.</summary>
    public double PerSecond => LastMinute.Decisions / Recent.TotalSeconds;

    /// <summary>A share as a percentage, or a dash where there is nothing to share.</summary>
    public static string Percent(long part, long whole) =>
        whole == 0 ? "–" : (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds with as many digits as they are worth.</summary>
    public static string Milliseconds(double? value) => value switch
    {
        null => "–",
        >= 10 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>A count with commas.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number with commas.</summary>
    public static string Number(double value) => value.ToString(value is > 0 and < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
