using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Archive.Files;

namespace KekeStar.Antifraud.Archive;

/// <summary>Instruments of the archive.</summary>
internal sealed class ArchiveMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "KekeStar.Antifraud.Archive";

    private readonly Counter<long> _failures;
    private readonly Counter<long> _evicted;
    private readonly Histogram<double> _queries;

    // Read by the gauges; replaced whole.
    private ArchiveCatalog[] _catalogs;

    // Not known before the first try.
    private int _available = -1;

    /// <summary>Makes the instruments.</summary>
    public ArchiveMetrics(IMeterFactory meters, ArchiveCatalog catalog)
    {
        _catalogs = [catalog];
        var meter = meters.Create(MeterName);
        _failures = meter.CreateCounter<long>("antifraud.archive.failures", "{failure}", "Times that the archive could not write, merge or remove a file.");
        _evicted = meter.CreateCounter<long>("antifraud.archive.evicted_hours", "{hour}", "Hours that were removed before their time because there were too many bytes.");
        _queries = meter.CreateHistogram<double>("antifraud.archive.query.duration", "s", "Time that questions to the archive took, by how they ended.");
        meter.CreateObservableGauge("antifraud.archive.available", () => Math.Max(0, Volatile.Read(ref _available)), null, "1 while the archive can write, else 0.");
        meter.CreateObservableGauge("antifraud.archive.files", () => _catalogs.Sum(static catalog => catalog.Count), "{file}", "Files of records and of outcomes.");
        meter.CreateObservableGauge("antifraud.archive.bytes", () => _catalogs.Sum(static catalog => catalog.Bytes), "By", "Bytes of all files.");
    }

    /// <summary>Begins the counters at 0.</summary>
    public void Begin()
    {
        _failures.Add(0);
        _evicted.Add(0);
    }

    /// <summary>True while the archive can write.</summary>
    public bool IsAvailable => Volatile.Read(ref _available) == 1;

    /// <summary>Counts the files of a further catalogue as well.</summary>
    public void Add(ArchiveCatalog catalog) => _catalogs = [.. _catalogs, catalog];

    /// <summary>Notes whether the archive can write.</summary>
    /// <returns>True if that has changed.</returns>
    public bool SetAvailable(bool available)
    {
        if (!available)
        {
            _failures.Add(1);
        }

        var value = available ? 1 : 0;
        return Interlocked.Exchange(ref _available, value) != value;
    }

    /// <summary>Counts hours that were removed before their time.</summary>
    public void Evicted(int hours)
    {
        if (hours > 0)
        {
            _evicted.Add(hours);
        }
    }

    /// <summary>Records a question.</summary>
    public void Asked(TimeSpan elapsed, Reading.ArchiveStatus status) =>
        _queries.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("status", status.ToString()));
}
