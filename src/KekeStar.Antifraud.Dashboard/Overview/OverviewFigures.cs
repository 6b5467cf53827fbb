using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Overview;

/// <summary>The figures of the overview, whichever time they tell of. What is null is not shown: it is about too few accounts.</summary>
internal sealed record OverviewFigures
{
    /// <summary>The verdicts that are shown, mildest first.</summary>
    public static IReadOnlyList<Verdict> Verdicts { get; } = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject];

    /// <summary>The scenes, without the one that is none.</summary>
    public static IReadOnlyList<Scene> Scenes { get; } = [.. Enum.GetValues<Scene>().Where(static scene => scene != Scene.Unspecified)];

    /// <summary>Time that the tiles tell of.</summary>
    public required TimeSpan Span { get; init; }

    /// <summary>Decisions in that time.</summary>
    public required long Decisions { get; init; }

    /// <summary>The same by verdict.</summary>
    public required IReadOnlyDictionary<Verdict, long?> ByVerdict { get; init; }

    /// <summary>Those that rest on less than they should.</summary>
    public required long Degraded { get; init; }

    /// <summary>Half of them took no longer, milliseconds; null: there are none.</summary>
    public required double? Median { get; init; }

    /// <summary>99 of 100 took no longer, milliseconds; null: there are none.</summary>
    public required double? Percentile99 { get; init; }

    /// <summary>The steps of the curves, the earliest first.</summary>
    public required IReadOnlyList<OverviewStep> Steps { get; init; }

    /// <summary>How often which score: the lowest score of each class, and its decisions.</summary>
    public required IReadOnlyList<(int From, long? Decisions)> Scores { get; init; }

    /// <summary>Decisions of each scene by verdict.</summary>
    public required IReadOnlyDictionary<(Scene Scene, Verdict Verdict), long?> ByScene { get; init; }

    /// <summary>The most frequent labels; null: nobody counts them for so short a time.</summary>
    public IReadOnlyList<(string Name, long? Decisions)>? Labels { get; init; }

    /// <summary>True if a figure is left out because it is about too few accounts.</summary>
    public bool HasHidden { get; init; }

    /// <summary>Decisions for each second.</summary>
    public double PerSecond => Decisions / Span.TotalSeconds;

    /// <summary>A share as a percentage, or a dash where there is nothing to share or it is not shown.</summary>
    public static string Percent(long? part, long whole) =>
        whole == 0 || part is null ? "–" : (100.0 * part.Value / whole).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds with as many digits as they are worth.</summary>
    public static string Milliseconds(double? value) => value switch
    {
        null => "–",
        >= 10 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>A count with commas, or a dash where it is not shown.</summary>
    public static string Count(long? value) => value?.ToString("#,0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A rate with as many digits as it is worth.</summary>
    public static string Rate(double value) => value.ToString(value is > 0 and < 0.1 ? "0.000" : value is > 0 and < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}

/// <summary>One step of the overview's curves.</summary>
/// <param name="Time">Its end in the live view, its beginning elsewhere.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="ByVerdict">Its decisions by verdict, in the order of <see cref="OverviewFigures.Verdicts"/>.</param>
/// <param name="Decisions">All of them.</param>
/// <param name="Degraded">Those that rest on less than they should.</param>
/// <param name="Median">Half of them took no longer, milliseconds; null: there are none.</param>
/// <param name="Percentile99">99 of 100 took no longer.</param>
internal sealed record OverviewStep(
    DateTimeOffset Time, double Seconds, IReadOnlyList<long?> ByVerdict, long Decisions, long Degraded, double? Median, double? Percentile99);
