using System.Diagnostics.Metrics;

namespace KekeStar.Antifraud.Windows;

/// <summary>Instruments of the window logs.</summary>
internal sealed class TrimMetrics
{
    private readonly Counter<long> _trims;

    /// <summary>Makes the instruments.</summary>
    public TrimMetrics(IMeterFactory meters)
    {
        _trims = meters.Create("KekeStar.Antifraud.Windows").CreateCounter<long>(
            "antifraud.window.trims", "{log}", "Window logs cut back to what windows can reach, by result.");
    }

    /// <summary>Begins each series at 0.</summary>
    public void Begin()
    {
        _trims.Add(0, new KeyValuePair<string, object?>("result", "trimmed"));
        _trims.Add(0, new KeyValuePair<string, object?>("result", "skipped"));
    }

    /// <summary>Counts a log that was trimmed.</summary>
    public void Trimmed() => _trims.Add(1, new KeyValuePair<string, object?>("result", "trimmed"));

    /// <summary>Counts a log that could not be trimmed now.</summary>
    public void TrimSkipped() => _trims.Add(1, new KeyValuePair<string, object?>("result", "skipped"));
}
