using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Audit;

/// <summary>Instruments of the audit log.</summary>
internal sealed class AuditMetrics
{
    private readonly Counter<long> _lines;
    private readonly Counter<long> _failures;

    /// <summary>Makes the instruments.</summary>
    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("KekeStar.Antifraud.Audit");
        _lines = meter.CreateCounter<long>("antifraud.audit.lines", "{line}", "Lines that the audit log took, by action.");
        _failures = meter.CreateCounter<long>(
            "antifraud.audit.failures", "{line}", "Lines that the audit log could not take; what they stood for was refused.");
    }

    /// <summary>Begins the series of failures at 0: an alarm on an increase must see the first one come from there.</summary>
    public void Begin() => _failures.Add(0);

    /// <summary>Counts a line.</summary>
    public void Wrote(string action) => _lines.Add(1, new KeyValuePair<string, object?>("action", action));

    /// <summary>Counts a line that could not be written.</summary>
    public void Failed() => _failures.Add(1);
}
