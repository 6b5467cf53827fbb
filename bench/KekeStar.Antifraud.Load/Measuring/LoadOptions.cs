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

    /// <summary>Gets the streams open on each connection at most: calls in flight, or long-lived streams.</summary>
    public required int Streams { get; init; }

    /// <summary>Gets the messages in flight on each long-lived stream at most; other methods have one call on a stream.</summary>
    public int MessagesPerStream { get; init; } = 4;

    /// <summary>Gets the events of each ScoreBatch call: 1 to 256.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Gets how calls are handed to the kernel.</summary>
    public WriteMode Writes { get; init; }

    /// <summary>
    /// Gets the events per second of all connections together (open loop: a call is due by the clock and its
    /// latency counts from then, whether or not the server keeps up). 0: closed loop, as many as it answers.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>Gets the deadline sent with each call in ms. 0: none.</summary>
    public int DeadlineMs { get; init; }

    /// <summary>Gets the processes whose CPU time, added up, is reported as the server's: the service and its store.</summary>
    public IReadOnlyList<int> ServerProcesses { get; init; } = [];

    /// <summary>Gets where the server tells what it has allocated; null: it does not.</summary>
    public AllocationProbe? Allocations { get; init; }

    /// <summary>Gets the events of each call.</summary>
    public int EventsPerCall => Method == LoadMethod.Batch ? Batch : 1;

    /// <summary>Gets whose events are sent.</summary>
    public TrafficShape Shape { get; init; } = new();
}
