namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>What the service tells of itself, beside the metrics on <c>/metrics</c>, which need no setting.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Where traces and logs are sent.</summary>
    public OtlpOptions Otlp { get; set; } = new();
}
