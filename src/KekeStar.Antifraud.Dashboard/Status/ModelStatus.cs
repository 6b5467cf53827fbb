using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Dashboard.Live;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Telemetry;

namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>
/// Looks at the models. It hears of each decision with a shadow model while that is being made, so it only adds to two numbers; another policy begins
/// them anew.
/// </summary>
internal sealed class ModelStatus : IDisposable
{
    /// <summary>Inputs that are shown of those that moved: 5, the most.</summary>
    public const int MaxMoved = 5;

    private readonly PolicySource _policies;
    private readonly ModelMetrics _metrics;
    private readonly MeterListener _listener = new();
    private long _compared;
    private long _agreeing;

    /// <summary>Begins to listen.</summary>
    /// <param name="policies">Which models are in force.</param>
    /// <param name="decisions">Has the models' instruments.</param>
    /// <param name="meters">Where the service's meters come from.</param>
    public ModelStatus(PolicySource policies, DecisionMetrics decisions, ServiceMeters meters)
    {
        _policies = policies;
        _metrics = decisions.Models;
        _policies.Reloaded += BeginAnew;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == ModelMetrics.AgreementName && meters.Made(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>The models at this moment.</summary>
    public ModelFacts Look()
    {
        var policy = _policies.Current;
        var models = new List<NamedModel>();
        AddIfNamed("Live", policy.Model);
        AddIfNamed("Shadow", policy.Shadow);
        return new ModelFacts(
            models,
            Interlocked.Read(ref _compared),
            Interlocked.Read(ref _agreeing),
            _metrics.Drift.Samples,
            [.. _metrics.Drift.Indices().OrderByDescending(static input => input.Index).Take(MaxMoved)]);

        void AddIfNamed(string role, PolicyModel? named)
        {
            if (named is { Model: var model })
            {
                models.Add(new NamedModel(role, model.Name, model.Hash, named.Points, model.Inputs.Count, model.Facts));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _policies.Reloaded -= BeginAnew;
        _listener.Dispose();
    }

    private void BeginAnew(object? sender, PolicyReload reload)
    {
        if (reload.Result == PolicyReloadResult.Applied)
        {
            Interlocked.Exchange(ref _compared, 0);
            Interlocked.Exchange(ref _agreeing, 0);
        }
    }

    private void Count(Instrument instrument, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        Interlocked.Add(ref _compared, count);
        if (tags.Length == 2 && Equals(tags[0].Value, tags[1].Value))
        {
            Interlocked.Add(ref _agreeing, count);
        }
    }
}
