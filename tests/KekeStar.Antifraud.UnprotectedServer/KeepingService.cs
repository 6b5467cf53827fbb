using System.Collections.Concurrent;
using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.UnprotectedServer;

/// <summary>Keeps every request it gets.</summary>
internal sealed class KeepingService : V1.Antifraud.AntifraudBase
{
    private readonly ConcurrentQueue<object> _kept = new();

    public override Task<ScoreReply> Score(ScoreRequest request, ServerCallContext context)
    {
        _kept.Enqueue(request);
        return Task.FromResult(new ScoreReply());
    }

    public override async Task ScoreStream(
        IAsyncStreamReader<ScoreRequest> requestStream, IServerStreamWriter<ScoreReply> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync())
        {
            await responseStream.WriteAsync(await Score(request, context));
        }
    }

    public override Task<ScoreBatchReply> ScoreBatch(ScoreBatchRequest request, ServerCallContext context)
    {
        _kept.Enqueue(request);
        var reply = new ScoreBatchReply();
        reply.Replies.AddRange(request.Events.Select(static _ => new ScoreReply()));
        return Task.FromResult(reply);
    }

    public override Task<ReportReply> Report(ReportRequest request, ServerCallContext context)
    {
        _kept.Enqueue(request);
        return Task.FromResult(new ReportReply());
    }
}
