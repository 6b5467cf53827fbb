using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>Instruments of the models, live and in the shadow: what each would say, and where they differ.</summary>
internal sealed class ModelMetrics
{
    /// <summary>Name of the meter: one of its own, so that who listens to decisions does not hear of models.</summary>
    public const string MeterName = "KekeStar.Antifraud.Models";

    /// <summary>Name of the counter of what both scores would give, with the verdict of each as its two tags.</summary>
    public const string AgreementName = "antifraud.model.agreement";

    private static readonly KeyValuePair<string, object?> Live = new("role", "live");
    private static readonly KeyValuePair<string, object?> Shadow = new("role", "shadow");
    private static readonly Verdict[] Verdicts = [Verdict.Pass, Verdict.Review, Verdict.Challenge, Verdict.Reject];
    private static readonly object[] Words = [.. Verdicts.Select(static verdict => (object)verdict.ToString())];

    private readonly Histogram<int> _scores;
    private readonly Counter<long> _agreement;

    /// <summary>Makes the instruments.</summary>
    public ModelMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _scores = meter.CreateHistogram<int>(
            "antifraud.model.score",
            "{point}",
            "Scores of rules and model, by the model's role: live or shadow.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000] });
        _agreement = meter.CreateCounter<long>(
            AgreementName,
            "{decision}",
            "Decisions with a shadow model, by what the thresholds give for the score and for the shadow's.");
        meter.CreateObservableGauge(
            "antifraud.model.drift",
            () => Drift.Indices().Select(static one => new Measurement<double>(one.Index, new KeyValuePair<string, object?>("input", one.Input))),
            unit: null,
            "Population stability index of each input of the model, or of the shadow model where there is no other: live traffic against the training.");
        meter.CreateObservableGauge("antifraud.model.drift.samples", () => Drift.Samples, "{event}", "Events that the drift rests on.");
    }

    /// <summary>How far the inputs have moved.</summary>
    public DriftWatch Drift { get; } = new();

    /// <summary>Begins each series at 0.</summary>
    public void Begin()
    {
        for (var live = 0; live < Verdicts.Length; live++)
        {
            for (var shadow = 0; shadow < Verdicts.Length; shadow++)
            {
                Add(0, live, shadow);
            }
        }
    }

    /// <summary>Records what the models said of an event.</summary>
    /// <param name="policy">Names them.</param>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="outcome">What they said.</param>
    /// <param name="shift">How far the thresholds were moved.</param>
    public void Record(Policy policy, Scene scene, FeatureVector features, RuleOutcome outcome, int shift)
    {
        if ((policy.Model ?? policy.Shadow) is { } watched)
        {
            Drift.Look(watched.Model, scene, features);
        }

        if (policy.Model is not null)
        {
            _scores.Record(outcome.Score, Live);
        }

        if (policy.Shadow is not null)
        {
            var thresholds = policy.SceneOf(scene);
            _scores.Record(outcome.Models.ShadowScore, Shadow);
            Add(1, PlaceOf(thresholds.VerdictFor(outcome.Score, shift)), PlaceOf(thresholds.VerdictFor(outcome.Models.ShadowScore, shift)));
        }
    }

    private static int PlaceOf(Verdict verdict) => Math.Max(0, Array.IndexOf(Verdicts, verdict));

    private void Add(long count, int live, int shadow) =>
        _agreement.Add(count, new KeyValuePair<string, object?>("verdict", Words[live]), new KeyValuePair<string, object?>("shadow_verdict", Words[shadow]));
}
