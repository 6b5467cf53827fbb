using System.Globalization;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Sends calls with canaries, by every method that takes identifiers.</summary>
internal sealed class CanaryTraffic(V1.Antifraud.AntifraudClient client, IdentifierSealer? sealer = null)
{
    private const int Lanes = 8;
    private const int BatchEvery = 20;
    private const int BatchSize = 4;
    private const int StreamEvery = 5;
    private const int ReportEvery = 10;

    private int _next;

    /// <summary>Calls of the usual run, or as many as the environment variable CANARY_CALLS says.</summary>
    public static int Calls { get; } = int.Parse(Environment.GetEnvironmentVariable("CANARY_CALLS") ?? "2000", CultureInfo.InvariantCulture);

    /// <summary>What the replies dropped; a canary that is dropped is never hashed and proves nothing.</summary>
    public HashSet<string> Dropped { get; } = [];

    /// <summary>Replies that the store had no full part in, by cause.</summary>
    public Dictionary<DegradedCause, int> Degraded { get; } = [];

    /// <summary>Sends a number of calls, and waits for the replies.</summary>
    public async Task SendAsync(int firstCall, int calls)
    {
        _next = firstCall;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => SendLaneAsync(firstCall + calls)));
    }

    private async Task SendLaneAsync(int end)
    {
        using var stream = client.ScoreStream();
        while (true)
        {
            var call = Interlocked.Add(ref _next, BatchSize) - BatchSize;
            if (call >= end)
            {
                break;
            }

            var requests = Enumerable.Range(call, Math.Min(BatchSize, end - call)).Select(Make).ToArray();
            if (call % BatchEvery == 0)
            {
                Check((await client.ScoreBatchAsync(new ScoreBatchRequest { Events = { requests } })).Replies);
            }
            else if (call % StreamEvery == 1)
            {
                foreach (var request in requests)
                {
                    await stream.RequestStream.WriteAsync(request);
                    Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
                    Check([stream.ResponseStream.Current]);
                }
            }
            else
            {
                foreach (var request in requests)
                {
                    Check([await client.ScoreAsync(request)]);
                }
            }

            if (call % ReportEvery == 0)
            {
                await client.ReportAsync(MakeReport(call));
            }
        }

        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(CancellationToken.None));
    }

    private ScoreRequest Make(int call)
    {
        var request = CanaryRequest.Make(call);
        sealer?.Seal(request);
        return request;
    }

    private ReportRequest MakeReport(int call)
    {
        var scored = CanaryRequest.Make(call);
        var report = new ReportRequest { EventId = scored.EventId, AccountId = scored.AccountId, Outcome = Outcome.LoginSucceeded };
        sealer?.Seal(report);
        return report;
    }

    private void Check(IEnumerable<ScoreReply> replies)
    {
        foreach (var reply in replies)
        {
            Assert.Null(reply.Error);
            lock (Dropped)
            {
                foreach (var cause in reply.Degraded)
                {
                    Degraded[cause] = Degraded.GetValueOrDefault(cause) + 1;
                }

                Dropped.UnionWith(reply.DroppedSignals.Select(static signal => $"{signal.Name}: {signal.Cause}"));
            }
        }
    }
}
