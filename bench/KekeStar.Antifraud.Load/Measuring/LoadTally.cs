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

    /// <summary>Gets the latencies of the calls that succeeded, in microseconds, 3 digits.</summary>
    public LongHistogram Latency { get; } = new(LongestMicroseconds, 3);

    /// <summary>Gets the calls that succeeded.</summary>
    public long Ok { get; private set; }

    /// <summary>Gets the calls that succeeded with a degraded answer.</summary>
    public long Degraded { get; private set; }

    /// <summary>Gets or sets the replies whose content was checked and right, over the whole run.</summary>
    public long Verified { get; set; }

    /// <summary>Gets or sets the open loop's calls that were due and never sent.</summary>
    public long Behind { get; set; }

    /// <summary>Gets the errors by what they were.</summary>
    public Dictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the number of calls that succeeded so far, warm-up included; for another thread to watch.</summary>
    public long Progress => Volatile.Read(ref _progress);

    /// <summary>Counts a call that succeeded.</summary>
    public void CountOk(bool inWindow, long microseconds, bool degraded)
    {
        Volatile.Write(ref _progress, _progress + 1);
        if (inWindow)
        {
            Ok++;
            Degraded += degraded ? 1 : 0;
            Latency.RecordValue(Math.Clamp(microseconds, 1, LongestMicroseconds));
        }
    }

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
