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
    private const int Workers = 16;

    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly CancellationTokenSource _stop = new();
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
        Assert.True(p99 <= TimeSpan.FromMilliseconds(250));
        return [.. calls.Where(call => Stopwatch.GetElapsedTime(from, call.Started) >= settle)];
    }

    /// <summary>Waits until answers are full again: as many in a row as there are workers.</summary>
    public async Task UntilFullAsync(TimeSpan patience)
    {
        var from = Stopwatch.GetTimestamp();
        while (true)
        {
            var inRow = 0;
            foreach (var call in _calls.Where(call => call.Started >= from))
            {
                inRow = call is { Causes: "", Failure: null } ? inRow + 1 : 0;
                if (inRow == Workers)
                {
                    var took = Stopwatch.GetElapsedTime(from, call.Started) + call.Took;
                    _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"full again after {took.TotalMilliseconds:F0} ms"));
                    return;
                }
            }

            Assert.True(Stopwatch.GetElapsedTime(from) < patience, "Answers are not full again.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _workers;
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
