using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Dashboard.Live;

/// <summary>Tells the service's own meters from those of others in the same process.</summary>
/// <param name="factory">Made the service's meters.</param>
internal sealed class ServiceMeters(IMeterFactory factory)
{
    /// <summary>True for a meter of the service; one without a factory is the process's.</summary>
    public bool Made(Meter meter) => meter.Scope is null || ReferenceEquals(meter.Scope, factory);
}
