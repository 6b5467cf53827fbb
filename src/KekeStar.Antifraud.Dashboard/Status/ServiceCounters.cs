using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Dashboard.Live;

namespace KekeStar.Antifraud.Dashboard.Status;

/// <summary>
/// Adds up the service's rare counters: what went wrong, what was written to the audit log. Those of each event are
/// <see cref="LiveDecisions"/>'s, which adds without looking anything up.
/// </summary>
internal sealed class ServiceCounters : IDisposable
{
    /// <summary>Most series that are kept: 200; tags are members of enums, so there are far fewer.</summary>
    public const int MaxSeries = 200;

    private const string Prefix = "antifraud.";

    // A counter of every call; the gate's own numbers tell it.
    private const string EachCall = "antifraud.store.calls";

    private static readonly string[] OfEachEvent = [Telemetry.DecisionMetrics.MeterName, Scoring.Model.ModelMetrics.MeterName];

    private static readonly string[] Trouble = ["fail", "dropped", "lost", "refused", "rejected", "evict"];

    private readonly ConcurrentDictionary<(string Name, string Tag), long[]> _values = new();
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen.</summary>
    public ServiceCounters(ServiceMeters meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> && instrument.Name.StartsWith(Prefix, StringComparison.Ordinal) && instrument.Name != EachCall
                && meters.Made(instrument.Meter) && !OfEachEvent.Contains(instrument.Meter.Name, StringComparer.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>The counters, by name.</summary>
    public IReadOnlyList<CounterValue> Read() =>
    [
        .. _values.OrderBy(static value => value.Key.Name, StringComparer.Ordinal).ThenBy(static value => value.Key.Tag, StringComparer.Ordinal)
            .Select(static value => new CounterValue(
                value.Key.Tag.Length == 0 ? value.Key.Name : $"{value.Key.Name} · {value.Key.Tag}",
                Interlocked.Read(ref value.Value[0]),
                Array.Exists(Trouble, word => value.Key.Name.Contains(word, StringComparison.Ordinal)))),
    ];

    /// <summary>A counter over all its tags; 0 if it has not counted yet.</summary>
    public long Sum(string name) => _values.Where(value => value.Key.Name == name).Sum(static value => Interlocked.Read(ref value.Value[0]));

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var key = (instrument.Name, tags.Length == 0 ? "" : tags[0].Value as string ?? "");
        if (_values.Count < MaxSeries || _values.ContainsKey(key))
        {
            Interlocked.Add(ref _values.GetOrAdd(key, static _ => new long[1])[0], count);
        }
    }
}
