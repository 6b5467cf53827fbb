using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Windows.Redis;

/// <summary>Concurrent events through a <see cref="StoreGate"/>, each of eight entries, from before a fault until after it.</summary>
internal sealed class GateLoad : IAsyncDisposable
{
    private const int Workers = 16;
    private const int Entries = 8;

    // Twelve times the service's own time-out: on a busy machine a server that is whole would else be late, and counted as a
    // failing one.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Meter _meter = new(StoreGateMetrics.MeterName);
    private readonly MachineDelay _delay = new();
    private readonly StoreGate _gate;
    private readonly ITestOutputHelper _output;
    private readonly Task _workers;

    public GateLoad(IWindowStore store, ITestOutputHelper output)
    {
        _output = output;
        _gate = new StoreGate(store, new StoreGateOptions { StoreTimeout = StoreTimeout }, new StoreGateMetrics(_meter), NullLogger<StoreGate>.Instance, TimeProvider.System);
        _workers = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
    }

    /// <summary>Lets the load run for a while and returns what was answered in it.</summary>
    /// <param name="phase">Name for the report.</param>
    /// <param name="duration">How long.</param>
    /// <param name="settle">How much of the beginning does not count: what was under way when the phase began.</param>
    public async Task<IReadOnlyList<Call>> DuringAsync(string phase, TimeSpan duration, TimeSpan settle = default)
    {
        var from = Stopwatch.GetTimestamp();
        await Task.WhenAny(_workers, Task.Delay(duration));
        var calls = _calls.Where(call => call.Started >= from && Stopwatch.GetElapsedTime(from, call.Started) >= settle).ToList();
        Report(phase, calls);
        return calls;
    }

    /// <summary>Waits until calls are answered in full again, twenty in a row.</summary>
    /// <param name="within">How long that may take on a machine that has the time; null: it does not matter.</param>
    public async Task UntilWholeAsync(TimeSpan? within = null)
    {
        // To look for the server, to connect, to greet it, to ask the client for its role, and the gate's probe.
        const int answers = 5;
        var from = Stopwatch.GetTimestamp();
        var took = TimeSpan.MaxValue;
        await Patience.UntilAsync(
            () =>
            {
                var since = _calls.Where(call => call.Started >= from).OrderBy(call => call.Started).ToList();
                var first = since.FindLastIndex(call => call.Status != StoreStatus.Ok) + 1;
                if (since.Count - first < 20)
                {
                    return false;
                }

                took = Stopwatch.GetElapsedTime(from, since[first].Started) + since[first].Took;
                return true;
            },
            static () => "Calls are not answered in full again.");
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole again after {took.TotalMilliseconds:F0} ms"));
        if (within is { } bound)
        {
            Assert.InRange(took, TimeSpan.Zero, _delay.Extend(bound, from, answers));
        }
    }

    /// <summary>Ends the load; throws what a call has thrown.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _workers;
        await _delay.DisposeAsync();
        Assert.Equal(0, _gate.Outstanding);
        _stop.Dispose();
        _meter.Dispose();
    }

    /// <summary>Most calls are done soon after their time-out, all within a second of it.</summary>
    public void AssertBounded(IReadOnlyList<Call> calls)
    {
        Assert.NotEmpty(calls);
        var from = calls.Min(static call => call.Started);
        Assert.InRange(Percentile(calls, 0.99), TimeSpan.Zero, _delay.Extend(StoreTimeout + TimeSpan.FromMilliseconds(200), from));
        Assert.InRange(Percentile(calls, 1), TimeSpan.Zero, _delay.Extend(StoreTimeout + TimeSpan.FromSeconds(1), from));
    }

    private static TimeSpan Percentile(IReadOnlyList<Call> calls, double share)
    {
        var sorted = calls.Select(call => call.Took).Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private async Task WorkAsync()
    {
        var observation = new Observation();
        var key = new byte[WindowKey.Length];
        while (!_stop.IsCancellationRequested)
        {
            observation.Clear();
            for (var i = 0; i < Entries; i++)
            {
                // Half the entities are seen again and again, half are new.
                Random.Shared.NextBytes(key);
                key.AsSpan(0, i % 2 == 0 ? 18 : 0).Clear();
                observation.AddAppend(key, new WindowRecord(1, 1, 0, IsLate: false, 2, 3, 4), WindowLimits.Retention, -9216, -1);
            }

            var started = Stopwatch.GetTimestamp();
            var status = await _gate.ObserveAsync(observation, Budget);
            var took = Stopwatch.GetElapsedTime(started);
            var answered = 0;
            for (var i = 0; i < Entries; i++)
            {
                answered += observation.IsAnswered(i) ? 1 : 0;
            }

            _calls.Enqueue(new Call(started, took, status, answered, Entries));
            if (status == StoreStatus.Timeout)
            {
                observation = new Observation();
            }

            await Task.Delay(2);
        }
    }

    private void Report(string phase, List<Call> calls)
    {
        var statuses = string.Join(", ", calls.CountBy(call => call.Status).Select(pair => $"{pair.Key} {pair.Value}"));
        _output.WriteLine(calls.Count == 0 ? $"{phase}: no calls" : string.Create(
            CultureInfo.InvariantCulture,
            $"{phase}: {statuses}; p50 {Percentile(calls, 0.5).TotalMilliseconds:F1}, p99 {Percentile(calls, 0.99).TotalMilliseconds:F1}, max {Percentile(calls, 1).TotalMilliseconds:F1} ms"));
    }

    /// <summary>One call: when it began, how long it took, how it ended, how many of its entries were answered.</summary>
    internal sealed record Call(long Started, TimeSpan Took, StoreStatus Status, int Answered, int Entries);
}
