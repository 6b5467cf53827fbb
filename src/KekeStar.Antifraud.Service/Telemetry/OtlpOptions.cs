using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Service.Telemetry;

/// <summary>
/// Traces and logs to an OpenTelemetry collector over OTLP. Nothing in them tells whose event it was: no identifier, no
/// pseudonym, no event id, no path, no address.
/// </summary>
public sealed class OtlpOptions
{
    /// <summary>
    /// Address of the collector, such as <c>http://127.0.0.1:4317</c>; https outside this machine. Default: none, then nothing is
    /// sent and a call costs nothing for it.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>How the collector is spoken to. Default: Grpc, whose usual port is 4317; HttpProtobuf has 4318.</summary>
    public OtlpProtocol Protocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>
    /// Share of the unary calls that are traced, 0 to 1, where the gateway has not decided: a call with a <c>traceparent</c> (W3C
    /// Trace Context) is traced if that says so. 0: none at all. Default 0.01: at 10,000 events/s some 100 spans a second, and a
    /// call that is not traced allocates next to nothing for it.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 0.01;

    /// <summary>True: log lines go to the collector too, at the levels of <c>Logging</c>. Default: true.</summary>
    public bool Logs { get; set; } = true;

    /// <summary>
    /// True: metrics go to the collector too, once a minute, where nothing can scrape <c>/metrics</c>. Default: false.
    /// </summary>
    public bool Metrics { get; set; }

    /// <summary>True if anything is sent.</summary>
    internal bool IsOn => !string.IsNullOrEmpty(Endpoint);

    /// <summary>True if calls are traced.</summary>
    internal bool HasTraces => IsOn && TraceShare > 0;
}

/// <summary>Forms of OTLP.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC (HTTP/2).</summary>
    Grpc = 0,

    /// <summary>Protocol buffers over HTTP/1.1; the paths of the signals are added to the address.</summary>
    HttpProtobuf = 1,
}
