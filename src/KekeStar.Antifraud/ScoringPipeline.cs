using System.Diagnostics;
using System.Runtime.CompilerServices;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Telemetry;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud;

/// <summary>The way of one event: intake → identity → windows → features → scoring → decision → telemetry.</summary>
internal sealed class ScoringPipeline
{
    private readonly ScoreRequestParser _parser;
    private readonly EventWindows _windows;
    private readonly PolicySource _policies;
    private readonly Decider _decider;
    private readonly DecisionMetrics _metrics;
    private readonly MinorProtection _minors;
    private readonly EpochCarrier _carrier;
    private readonly DecisionRecordQueue? _records;

    /// <summary>Joins the steps; without a queue no decision is recorded.</summary>
    public ScoringPipeline(
        ScoreRequestParser parser,
        EventWindows windows,
        PolicySource policies,
        Decider decider,
        DecisionMetrics metrics,
        MinorProtection minors,
        EpochCarrier carrier,
        DecisionRecordQueue? records = null)
    {
        _parser = parser;
        _windows = windows;
        _policies = policies;
        _decider = decider;
        _metrics = metrics;
        _minors = minors;
        _carrier = carrier;
        _records = records;
    }

    /// <summary>Intake and identity: all that must happen while the request's bytes are there.</summary>
    public void Parse(ReadOnlySpan<byte> message, ScoringCall call)
    {
        _parser.Parse(message, call.Event);
        if (call.Event.Error == RequestError.None)
        {
            DeviceResolver.Resolve(call.Event);
        }
    }

    /// <summary>Scores an event that was parsed without error. Never fails because of the store.</summary>
    /// <param name="call">The event; receives the decision.</param>
    /// <param name="budget">What is left of the caller's deadline.</param>
    public ValueTask ScoreAsync(ScoringCall call, TimeSpan budget)
    {
        var started = Stopwatch.GetTimestamp();

        // Before the store is asked: the record of the device's own log carries the evidence for labels.
        FeatureBuilder.BuildOwn(call.Event, call.Features);
        call.Event.Evidence = EventLabels.EvidenceOf(call.Features);
        var observing = _windows.ObserveAsync(call.Event, call.Counts, budget);
        if (!observing.IsCompletedSuccessfully)
        {
            return AwaitAsync(observing, call, started);
        }

        observing.GetAwaiter().GetResult();
        Conclude(call, started);
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitAsync(ValueTask observing, ScoringCall call, long started)
    {
        await observing;
        Conclude(call, started);
    }

    private void Conclude(ScoringCall call, long started)
    {
        FeatureBuilder.AddWindows(call.Event, call.Counts, call.Features);
        var policy = _policies.Current;
        call.Decision.Policy = policy;
        policy.Evaluate(call.Event.Scene, call.Features, call.Decision.Rules);
        _decider.Decide(call.Event, call.Counts.Status, call.Features, call.Decision);
        call.Decision.Labels.Find(call.Event, call.Features, call.Counts.Evidence);
        var elapsed = Stopwatch.GetElapsedTime(started);
        _metrics.Record(call, elapsed);
        _records?.Add(call, elapsed);
        if (call.Event.IsMinor)
        {
            _minors.Request(call.Event);
        }

        if (call.Event.Keys.Other is not null && (call.Event.HasConsentMarkers || call.Decision.List != ListKind.Unspecified))
        {
            _carrier.Request(call.Event);
        }
    }
}
