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

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Meter _meter = new(StoreGateMetrics.MeterName);
    private readonly StoreGate _gate;
    private readonly ITestOutputHelper _output;
    private readonly Task _workers;

    public GateLoad(IWindowStore store, ITestOutputHelper output)
    {
        _output = output;
        _gate = new StoreGate(store, new StoreGateOptions(), new StoreGateMetrics(_meter), NullLogger<StoreGate>.Instance, TimeProvider.System);
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

    /// <summary>Waits until calls are answered in full again, twenty in a row, and returns how long that took.</summary>
    public async Task<TimeSpan> UntilWholeAsync(TimeSpan patience)
    {
        var from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < patience)
        {
            var since = _calls.Where(call => call.Started >= from).OrderBy(call => call.Started).ToList();
            var first = since.FindLastIndex(call => call.Status != StoreStatus.Ok) + 1;
            if (since.Count - first >= 20)
            {
                var took = Stopwatch.GetElapsedTime(from, since[first].Started) + since[first].Took;
                _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole again after {took.TotalMilliseconds:F0} ms"));
                return took;
            }

            await Task.Delay(20);
        }

        return TimeSpan.MaxValue;
    }

    /// <summary>Ends the load; throws what a call has thrown.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _workers;
        Assert.Equal(0, _gate.Outstanding);
        _stop.Dispose();
        _meter.Dispose();
    }

    /// <summary>Most calls are done within their budget and a generous slack for a busy machine, all within a second.</summary>
    public static void AssertBounded(IReadOnlyList<Call> calls)
    {
        Assert.NotEmpty(calls);
        Assert.True(Percentile(calls, 0.99) <= TimeSpan.FromMilliseconds(250));
        Assert.True(Percentile(calls, 1) <= TimeSpan.FromSeconds(1));
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
