using System.Diagnostics;
using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Telemetry;

/// <summary>
/// Instruments of decisions, named by OpenTelemetry's conventions. Tags are members of the contract's enums and
/// nothing else, so no metric can hold an identifier or grow without bound.
/// </summary>
internal sealed class DecisionMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Decisions";

    private static readonly object[] Scenes = Box<Scene>();
    private static readonly object[] Verdicts = Box<Verdict>();
    private static readonly object[] Causes = Box<DegradedCause>();

    private readonly Counter<long> _decisions;
    private readonly Counter<long> _degraded;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _score;

    /// <summary>Makes the instruments.</summary>
    public DecisionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _decisions = meter.CreateCounter<long>("antifraud.decisions", "{decision}", "Decisions by scene and verdict.");
        _degraded = meter.CreateCounter<long>("antifraud.decisions.degraded", "{decision}", "Decisions that rest on less than they should, by cause.");
        _refused = meter.CreateCounter<long>("antifraud.requests.refused", "{request}", "Requests that could not be scored, by error.");
        _duration = meter.CreateHistogram<double>(
            "antifraud.decision.duration",
            "s",
            "Time from the parsed request to the decision.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.000_05, 0.000_1, 0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 1],
            });
        _score = meter.CreateHistogram<int>(
            "antifraud.decision.score",
            "{point}",
            "Scores by scene.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000] });
        Models = new ModelMetrics(meters);
    }

    /// <summary>The instruments of the models.</summary>
    public ModelMetrics Models { get; }

    /// <summary>
    /// Begins each series at 0, so that the first of its kind is an increase: an alarm would else see it from the second on.
    /// </summary>
    public void Begin()
    {
        // The first member of each enum of the contract is "unspecified".
        foreach (var scene in Scenes.AsSpan(1))
        {
            foreach (var verdict in Verdicts.AsSpan(1))
            {
                _decisions.Add(0, new KeyValuePair<string, object?>("scene", scene), new KeyValuePair<string, object?>("verdict", verdict));
            }
        }

        Models.Begin();
        foreach (var cause in Causes.AsSpan(1))
        {
            _degraded.Add(0, new KeyValuePair<string, object?>("cause", cause));
        }

        foreach (var error in Enum.GetNames<Intake.RequestError>().AsSpan(1))
        {
            _refused.Add(0, new KeyValuePair<string, object?>("error", error));
        }
    }

    /// <summary>Records a decision.</summary>
    public void Record(ScoringCall call, TimeSpan elapsed)
    {
        var scene = new KeyValuePair<string, object?>("scene", Scenes[(int)call.Event.Scene]);
        _decisions.Add(1, scene, new KeyValuePair<string, object?>("verdict", Verdicts[(int)call.Decision.Verdict]));
        _duration.Record(elapsed.TotalSeconds);
        _score.Record(call.Decision.Rules.Score, scene);
        Models.Record(call.Decision.Policy, call.Event.Scene, call.Features, call.Decision.Rules, call.Decision.ThresholdShift);
        if (call.Decision.Store != StoreStatus.Ok)
        {
            _degraded.Add(1, new KeyValuePair<string, object?>("cause", Causes[(int)call.Decision.Store]));
        }
    }

    /// <summary>Counts a request that could not be scored.</summary>
    public void Refuse(Intake.RequestError error) =>
        _refused.Add(1, new KeyValuePair<string, object?>("error", error.ToString()));

    // Names made once: turning an enum into text for each event would allocate.
    private static object[] Box<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => (object)value.ToString())];
}
