using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Windows;

/// <summary>Instruments of the gate: calls to the window store by how they ended, and whether the store counts as down.</summary>
internal sealed class StoreGateMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Windows";

    // One tag array per status, made once, so that counting allocates nothing.
    private static readonly KeyValuePair<string, object?>[] Tags =
        [.. Enum.GetNames<StoreStatus>().Select(name => new KeyValuePair<string, object?>("status", name))];

    private readonly Meter _meter;
    private readonly Counter<long> _calls;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter named <see cref="MeterName"/>.</param>
    public StoreGateMetrics(Meter meter)
    {
        _meter = meter;
        _calls = meter.CreateCounter<long>("antifraud.store.calls", "{call}", "Calls to the window store by how they ended.");
    }

    /// <summary>Measures a gate whenever somebody asks.</summary>
    public void Watch(StoreGate gate)
    {
        _meter.CreateObservableGauge("antifraud.store.down", () => gate.IsOpen ? 1 : 0, unit: null, "1 while the window store counts as down and is only probed.");
        _meter.CreateObservableUpDownCounter("antifraud.store.outstanding", () => gate.Outstanding, "{call}", "Calls that wait for the window store at this moment.");
    }

    /// <summary>Begins each series at 0: an alarm on an increase must see the first call come from there.</summary>
    public void Begin()
    {
        foreach (var tag in Tags)
        {
            _calls.Add(0, tag);
        }
    }

    /// <summary>Counts one call.</summary>
    public void Count(StoreStatus status) => _calls.Add(1, Tags[(int)status]);
}
