namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>What one measurement found.</summary>
internal sealed record LoadResult
{
    public required string Method { get; init; }

    public required double Seconds { get; init; }

    public required int Connections { get; init; }

    public required int StreamsPerConnection { get; init; }

    /// <summary>Gets how calls were handed to the kernel.</summary>
    public required string Writes { get; init; }

    /// <summary>Gets the events of each call; all counts and rates below are of events.</summary>
    public required int EventsPerCall { get; init; }

    /// <summary>Gets the events per second asked for; 0: closed loop.</summary>
    public required double OfferedPerSecond { get; init; }

    public required int RequestBytes { get; init; }

    public required long Requests { get; init; }

    public required double RequestsPerSecond { get; init; }

    public required double P50Ms { get; init; }

    public required double P99Ms { get; init; }

    public required double P999Ms { get; init; }

    public required double MaxMs { get; init; }

    /// <summary>Gets the share of degraded answers among the successful ones, 0 to 1.</summary>
    public required double DegradedShare { get; init; }

    /// <summary>Gets the errors of the whole run, warm-up included, by what they were.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Gets how many replies of the whole run were compared with their request.</summary>
    public required long VerifiedReplies { get; init; }

    /// <summary>Gets the open loop's events that were due more than 10 ms before the end and never sent: above 0 the server did not keep up. Their wait so far is among the latencies.</summary>
    public required long NeverSent { get; init; }

    /// <summary>Gets the generator's own CPU time per event in microseconds.</summary>
    public required double GeneratorCpuMicroseconds { get; init; }

    /// <summary>Gets the CPU time per event of the server and its store in microseconds; 0: not known.</summary>
    public required double ServerCpuMicroseconds { get; init; }

    /// <summary>Gets the memory of the server and its store that is resident at the end, in bytes; 0: not known.</summary>
    public required long ServerResidentBytes { get; init; }

    /// <summary>Gets what the server allocated on its managed heap for each event, in bytes; 0: not known.</summary>
    public required double ServerGarbageBytes { get; init; }

    /// <summary>Gets the share of the machine's cores, 0 to 1, that neither the generator nor the server used but others did: above about 0.05 the figures are not worth keeping.</summary>
    public required double OthersCpuShare { get; init; }

    /// <summary>Gets the number of errors of the whole run.</summary>
    public long ErrorCount => Errors.Values.Sum();
}
