using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Concurrent logins and registrations through gRPC, from before a fault of the store until after it.</summary>
internal sealed class ServiceLoad : IAsyncDisposable
{
    /// <summary>
    /// How long its host waits for the store. The service's own 20 ms would make of a busy machine a slow store.
    /// </summary>
    public static readonly TimeSpan StoreTimeout = TimeSpan.FromMilliseconds(250);

    private const int Workers = 16;

    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly MachineDelay _delay = new();
    private readonly V1.Antifraud.AntifraudClient _client;
    private readonly ITestOutputHelper _output;
    private readonly Task _workers;

    public ServiceLoad(ServiceHost host, ITestOutputHelper output)
    {
        _client = host.Client;
        _output = output;
        _workers = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker))));
    }

    /// <summary>Lets the load run for a while and returns what was answered in it: no error, and every answer full or at its floor.</summary>
    /// <param name="phase">Name for the report.</param>
    /// <param name="duration">How long.</param>
    /// <param name="settle">How much of the beginning does not count: what was under way when the phase began.</param>
    public async Task<IReadOnlyList<Call>> DuringAsync(string phase, TimeSpan duration, TimeSpan settle = default)
    {
        var from = Stopwatch.GetTimestamp();
        await Task.WhenAny(_workers, Task.Delay(duration));
        var calls = _calls.Where(call => call.Started >= from).ToList();
        var causes = string.Join(", ", calls.CountBy(call => call.Causes).Select(pair => $"{(pair.Key.Length == 0 ? "full" : pair.Key)} {pair.Value}"));
        var p99 = Percentile99(calls);
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{phase}: {causes}; p99 {p99.TotalMilliseconds:F1} ms, max {calls.Max(c => c.Took).TotalMilliseconds:F1} ms"));
        Assert.All(calls, call => Assert.Null(call.Failure));
        Assert.All(calls.Where(call => call.Causes.Length > 0), call => Assert.True(call.Verdict >= call.Floor));
        Assert.InRange(p99, TimeSpan.Zero, _delay.Extend(StoreTimeout + TimeSpan.FromMilliseconds(230), from));
        return [.. calls.Where(call => Stopwatch.GetElapsedTime(from, call.Started) >= settle)];
    }

    /// <summary>Waits until answers are full again: as many in a row as there are workers.</summary>
    /// <param name="within">How long that may take on a machine that has the time; null: it does not matter.</param>
    public async Task UntilFullAsync(TimeSpan? within = null)
    {
        // To look for the server, to connect, to greet it, to ask the client for its role, and the gate's probe.
        const int answers = 5;
        var from = Stopwatch.GetTimestamp();
        var took = TimeSpan.MaxValue;
        await Patience.UntilAsync(
            () =>
            {
                var inRow = 0;
                foreach (var call in _calls.Where(call => call.Started >= from))
                {
                    inRow = call is { Causes: "", Failure: null } ? inRow + 1 : 0;
                    if (inRow == Workers)
                    {
                        took = Stopwatch.GetElapsedTime(from, call.Started) + call.Took;
                        return true;
                    }
                }

                return false;
            },
            static () => "Answers are not full again.");
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"full again after {took.TotalMilliseconds:F0} ms"));
        if (within is { } bound)
        {
            Assert.InRange(took, TimeSpan.Zero, _delay.Extend(bound, from, answers));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _workers;
        await _delay.DisposeAsync();
        _stop.Dispose();
    }

    private static TimeSpan Percentile99(List<Call> calls)
    {
        Assert.NotEmpty(calls);
        var sorted = calls.Select(call => call.Took).Order().ToList();
        return sorted[(int)Math.Ceiling(0.99 * sorted.Count) - 1];
    }

    private async Task WorkAsync(int worker)
    {
        // The floors of the shipped policy's scenes.
        var (scene, floor) = worker % 2 == 0 ? (Scene.Login, Verdict.Review) : (Scene.Register, Verdict.Challenge);
        while (!_stop.IsCancellationRequested)
        {
            var request = Requests.Event(Requests.NewDevice(), $"load-{worker}", scene);
            var started = Stopwatch.GetTimestamp();
            try
            {
                var reply = await _client.ScoreAsync(request);
                _calls.Enqueue(new Call(started, Stopwatch.GetElapsedTime(started), string.Join('+', reply.Degraded), reply.Verdict, floor, null));
            }
            catch (RpcException failed)
            {
                _calls.Enqueue(new Call(started, Stopwatch.GetElapsedTime(started), "", default, floor, failed.Status.ToString()));
            }

            await Task.Delay(4);
        }
    }

    /// <summary>One call: when it began, how long it took, why it was degraded (empty: it was not), its verdict, the least it may be when degraded, how it failed.</summary>
    internal sealed record Call(long Started, TimeSpan Took, string Causes, Verdict Verdict, Verdict Floor, string? Failure);
}
