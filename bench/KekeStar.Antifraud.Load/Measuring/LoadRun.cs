using System.Diagnostics;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Load.Traffic;

namespace KekeStar.Antifraud.Load.Measuring;

/// <summary>Runs one measurement.</summary>
internal static class LoadRun
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the measurement and blocks until it is over.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="run">Random number of the run, for its event ids.</param>
    /// <param name="progress">Told how much of the time is over, 0 to 1, and the events that succeeded so far.</param>
    /// <param name="cancellation">Ends the measurement early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static LoadResult Run(LoadOptions options, ulong run, Action<double, long> progress, CancellationToken cancellation)
        => Run(options, new RequestWriter(options.Shape, run), new RequestNumbers(options.Connections), progress, cancellation);

    /// <summary>Runs the measurement with given requests and blocks until it is over.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="source">The requests.</param>
    /// <param name="numbers">Where their numbers begin; afterwards, where those of the next measurement begin.</param>
    /// <param name="progress">Told how much of the time is over, 0 to 1, and the events that succeeded so far.</param>
    /// <param name="cancellation">Ends the measurement early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static LoadResult Run(LoadOptions options, IRequestSource source, RequestNumbers numbers, Action<double, long> progress, CancellationToken cancellation)
    {
        // The first time costs the server the compilation of what answers.
        _ = options.Allocations?.ReadAsync().GetAwaiter().GetResult();
        IReadOnlyList<int> cores = CorePinning.Allowed();
        LoadClock clock = LoadClock.Begin(options);
        LoadWorker[] workers = [.. Enumerable.Range(0, options.Connections).Select(index => new LoadWorker(options, clock, source, numbers, index))];
        Thread[] threads = Array.ConvertAll(workers, worker => new Thread(() => worker.Run(cancellation)) { IsBackground = true });
        Array.ForEach(threads, static thread => thread.Start());

        WaitUntil(clock.From, clock, workers, progress, cancellation);
        (TimeSpan own, TimeSpan server, TimeSpan machine, long begun) = (ProcessorTime.OfThis(), ProcessorTime.Of(options.ServerProcesses), ProcessorTime.OfCores(cores), Stopwatch.GetTimestamp());
        Task<Allocated> before = Allocated.ReadAsync(options.Allocations, workers);
        WaitUntil(clock.To, clock, workers, progress, cancellation);
        own = ProcessorTime.OfThis() - own;
        server = ProcessorTime.Of(options.ServerProcesses) - server;
        machine = ProcessorTime.OfCores(cores) - machine;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begun);
        Task<Allocated> after = Allocated.ReadAsync(options.Allocations, workers);
        long resident = ResidentMemory.Of(options.ServerProcesses);
        double stretch = options.Duration / elapsed;
        Array.ForEach(threads, static thread => thread.Join());
        cancellation.ThrowIfCancellationRequested();

        var total = new LoadTally();
        Array.ForEach(workers, worker => total.Add(worker.Tally));
        double perCall = stretch / Math.Max(total.Ok, 1);
        return new LoadResult
        {
            Method = options.Method.ToString(),
            Seconds = options.Duration.TotalSeconds,
            Connections = options.Connections,
            StreamsPerConnection = options.Streams,
            Writes = options.Writes.ToString(),
            EventsPerCall = options.EventsPerCall,
            OfferedPerSecond = options.Rate,
            RequestBytes = source.MessageSize,
            Requests = total.Ok,
            RequestsPerSecond = total.Ok / options.Duration.TotalSeconds,
            P50Ms = Milliseconds(total, 50),
            P99Ms = Milliseconds(total, 99),
            P999Ms = Milliseconds(total, 99.9),
            MaxMs = Milliseconds(total, 100),
            DegradedShare = total.Degraded / (double)Math.Max(total.Ok, 1),
            Errors = total.Errors,
            VerifiedReplies = total.Verified,
            NeverSent = total.Behind,
            GeneratorCpuMicroseconds = own.TotalMicroseconds * perCall,
            ServerCpuMicroseconds = server.TotalMicroseconds * perCall,
            ServerResidentBytes = resident,
            ServerGarbageBytes = before.GetAwaiter().GetResult().PerEvent(after.GetAwaiter().GetResult()),
            OthersCpuShare = Math.Max(0, (machine - own - server) / (elapsed * cores.Count)),
        };
    }

    private static double Milliseconds(LoadTally total, double percentile)
        => total.Latency.TotalCount == 0 ? 0 : total.Latency.GetValueAtPercentile(percentile) / 1000.0;

    // What the server has allocated, with the events that it has answered by then: of both only what was added counts,
    // so it does not matter that the answer takes its time.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Allocated(long? Bytes, long Events)
    {
        public static async Task<Allocated> ReadAsync(AllocationProbe? probe, LoadWorker[] workers)
        {
            long? bytes = probe is null ? null : await probe.ReadAsync().ConfigureAwait(false);
            return new Allocated(bytes, workers.Sum(static worker => worker.Tally.Progress));
        }

        public double PerEvent(Allocated later)
            => later.Bytes - Bytes is long added && later.Events > Events ? added / (double)(later.Events - Events) : 0;
    }

    private static void WaitUntil(long time, LoadClock clock, LoadWorker[] workers, Action<double, long> progress, CancellationToken cancellation)
    {
        for (long now = Stopwatch.GetTimestamp(); now < time && !cancellation.IsCancellationRequested; now = Stopwatch.GetTimestamp())
        {
            progress((now - clock.Start) / (double)(clock.To - clock.Start), workers.Sum(static worker => worker.Tally.Progress));
            TimeSpan left = Stopwatch.GetElapsedTime(now, time);
            cancellation.WaitHandle.WaitOne(left < ProgressInterval ? left : ProgressInterval);
        }
    }
}
