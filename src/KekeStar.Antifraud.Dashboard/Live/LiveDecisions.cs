using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Telemetry;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Live;

/// <summary>
/// Listens to the process's own meters and keeps what the last minutes brought, in memory. It hears of a decision while the decision is
/// being made, so it only adds to a number: nothing is allocated, nothing waits.
/// </summary>
/// <param name="meters">Where the service's meters come from; another service in the same process has others.</param>
/// <param name="time">Ends intervals.</param>
internal sealed class LiveDecisions(ServiceMeters meters, TimeProvider time) : IDisposable
{
    /// <summary>Length of an interval: 5 s.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Number of intervals that are kept: 180, the last 15 minutes.</summary>
    public const int Kept = 180;

    private static readonly string[] SceneNames = Enum.GetNames<Scene>();
    private static readonly string[] VerdictNames = Enum.GetNames<Verdict>();

    private readonly long[] _totals = new long[DecisionCounts.Length];
    private readonly long[] _before = new long[DecisionCounts.Length];
    private readonly MeterListener _listener = new();
    private readonly Lock _ending = new();
    private volatile IReadOnlyList<LiveInterval> _intervals = [];
    private DateTimeOffset _lastEnd;
    private ITimer? _timer;

    /// <summary>Raised after each interval, on the timer's thread.</summary>
    public event EventHandler? Ended;

    /// <summary>The intervals kept, the oldest first.</summary>
    public IReadOnlyList<LiveInterval> Intervals => _intervals;

    /// <summary>Begins to listen.</summary>
    public void Start()
    {
        _lastEnd = time.GetUtcNow();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == DecisionMetrics.MeterName && meters.Made(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.SetMeasurementEventCallback<int>((_, score, _, _) => Add(DecisionCounts.PlaceOfScore(score)));
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Add(DecisionCounts.PlaceOfLatency(seconds)));
        _listener.Start();
        _timer = time.CreateTimer(static live => ((LiveDecisions)live!).End(), this, Interval, Interval);
    }

    /// <summary>Ends an interval now.</summary>
    public void End()
    {
        lock (_ending)
        {
            var now = time.GetUtcNow();
            var counts = new DecisionCounts();
            for (var i = 0; i < _totals.Length; i++)
            {
                var total = Interlocked.Read(ref _totals[i]);
                counts.All[i] = total - _before[i];
                _before[i] = total;
            }

            var length = Math.Max((now - _lastEnd).TotalSeconds, double.Epsilon);
            _lastEnd = now;
            _intervals = [.. _intervals.TakeLast(Kept - 1), new LiveInterval(now, length, counts)];
        }

        Ended?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>What all intervals of a span together brought.</summary>
    /// <param name="span">How far back.</param>
    public DecisionCounts Sum(TimeSpan span)
    {
        var sum = new DecisionCounts();
        var from = time.GetUtcNow() - span;
        foreach (var interval in _intervals)
        {
            if (interval.EndsAt > from)
            {
                sum.Add(interval.Counts);
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _listener.Dispose();
    }

    private static int Find(string[] names, object? value)
    {
        // The meter's tags are these very names, or equal ones; there are nine at most.
        for (var i = 0; i < names.Length; i++)
        {
            if (value is string name && name == names[i])
            {
                return i;
            }
        }

        return 0;
    }

    private void Count(Instrument instrument, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        switch (instrument.Name)
        {
            case "antifraud.decisions":
                var (scene, verdict) = (0, 0);
                foreach (var tag in tags)
                {
                    if (tag.Key == "scene")
                    {
                        scene = Find(SceneNames, tag.Value);
                    }
                    else if (tag.Key == "verdict")
                    {
                        verdict = Find(VerdictNames, tag.Value);
                    }
                }

                Interlocked.Add(ref _totals[DecisionCounts.PlaceOf((Scene)scene, (Verdict)verdict)], count);
                break;
            case "antifraud.decisions.degraded":
                Interlocked.Add(ref _totals[DecisionCounts.PlaceOfDegraded], count);
                break;
            case "antifraud.requests.refused":
                Interlocked.Add(ref _totals[DecisionCounts.PlaceOfRefused], count);
                break;
        }
    }

    private void Add(int place) => Interlocked.Increment(ref _totals[place]);
}
