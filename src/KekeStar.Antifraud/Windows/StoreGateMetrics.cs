using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Windows;

/// <summary>Counts the calls to the window store by how they ended: <c>antifraud.store.calls</c>, tag <c>status</c>.</summary>
internal sealed class StoreGateMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Windows";

    // One tag array per status, made once, so that counting allocates nothing.
    private static readonly KeyValuePair<string, object?>[] Tags =
        [.. Enum.GetNames<StoreStatus>().Select(name => new KeyValuePair<string, object?>("status", name))];

    private readonly Counter<long> _calls;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter named <see cref="MeterName"/>.</param>
    public StoreGateMetrics(Meter meter) =>
        _calls = meter.CreateCounter<long>("antifraud.store.calls", "{call}", "Calls to the window store by how they ended.");

    /// <summary>Counts one call.</summary>
    public void Count(StoreStatus status) => _calls.Add(1, Tags[(int)status]);
}
