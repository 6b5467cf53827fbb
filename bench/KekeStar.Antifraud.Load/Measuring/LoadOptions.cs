using System.Net;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>One measurement.</summary>
internal sealed record LoadOptions
{
    /// <summary>Gets where the server listens, h2c.</summary>
    public required IPEndPoint Target { get; init; }

    /// <summary>Gets the method.</summary>
    public required LoadMethod Method { get; init; }

    /// <summary>Gets how long is measured.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets how long load runs before it is measured.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>Gets the number of connections, each with a thread of its own.</summary>
    public required int Connections { get; init; }

    /// <summary>Gets the calls in flight on each connection at most.</summary>
    public required int Streams { get; init; }

    /// <summary>
    /// Gets the calls per second of all connections together (open loop: a call is due by the clock and its
    /// latency counts from then, whether or not the server keeps up). 0: closed loop, as many as it answers.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>Gets the deadline sent with each call in ms. 0: none.</summary>
    public int DeadlineMs { get; init; }

    /// <summary>Gets the processes whose CPU time, added up, is reported as the server's: the service and its store.</summary>
    public IReadOnlyList<int> ServerProcesses { get; init; } = [];

    /// <summary>Gets whose events are sent.</summary>
    public TrafficShape Shape { get; init; } = new();
}
