using HdrHistogram;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>
/// What a connection's thread counted. Errors count over the whole run, the warm-up too: there is none that
/// may be overlooked. All else counts in the measured time only.
/// </summary>
internal sealed class LoadTally
{
    private const long LongestMicroseconds = 60_000_000;

    private long _progress;

    /// <summary>Gets the latencies of the events that succeeded, in microseconds, 3 digits.</summary>
    public LongHistogram Latency { get; } = new(LongestMicroseconds, 3);

    /// <summary>Gets the events that succeeded.</summary>
    public long Ok { get; private set; }

    /// <summary>Gets the events that succeeded with a degraded answer.</summary>
    public long Degraded { get; private set; }

    /// <summary>Gets or sets the replies whose content was checked and right, over the whole run.</summary>
    public long Verified { get; set; }

    /// <summary>Gets or sets the open loop's events that were due and never sent.</summary>
    public long Behind { get; set; }

    /// <summary>Gets the errors by what they were.</summary>
    public Dictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the number of events that succeeded so far, warm-up included; for another thread to watch.</summary>
    public long Progress => Volatile.Read(ref _progress);

    /// <summary>Counts events that succeeded.</summary>
    /// <param name="events">How many: those of a call.</param>
    /// <param name="inWindow">Whether they ended in the measured time.</param>
    /// <param name="degraded">How many of them have a degraded answer.</param>
    public void CountOk(int events, bool inWindow, int degraded)
    {
        Volatile.Write(ref _progress, _progress + events);
        if (inWindow)
        {
            Ok += events;
            Degraded += degraded;
        }
    }

    /// <summary>Counts a latency, once for each event that had it.</summary>
    public void CountLatency(long microseconds, long events)
        => Latency.RecordValueWithCount(Math.Clamp(microseconds, 1, LongestMicroseconds), events);

    /// <summary>Counts an error.</summary>
    public void CountError(string what) => Errors[what] = Errors.GetValueOrDefault(what) + 1;

    /// <summary>Adds what another thread counted.</summary>
    public void Add(LoadTally other)
    {
        Latency.Add(other.Latency);
        Ok += other.Ok;
        Degraded += other.Degraded;
        Verified += other.Verified;
        Behind += other.Behind;
        foreach ((string what, long count) in other.Errors)
        {
            Errors[what] = Errors.GetValueOrDefault(what) + count;
        }
    }
}
