using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>The contract's service Antifraud over gRPC, on the marshallers of the hot path.</summary>
internal sealed class AntifraudService
{
    private readonly ScoringPipeline _pipeline;
    private readonly OutcomeWriter _outcomes;
    private readonly DecisionMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly OpenStreams _streams;

    /// <summary>Makes the service.</summary>
    public AntifraudService(
        ScoringPipeline pipeline, OutcomeWriter outcomes, DecisionMetrics metrics, TimeProvider time, OpenStreams streams)
    {
        _pipeline = pipeline;
        _outcomes = outcomes;
        _metrics = metrics;
        _time = time;
        _streams = streams;
    }

    /// <summary>Scores one event.</summary>
    public Task<ScoringCall> Score(ScoringCall call, ServerCallContext context)
    {
        if (call.Event.Error != RequestError.None)
        {
            Refuse(call);
        }

        var scoring = _pipeline.ScoreAsync(call, Budget(context));
        return scoring.IsCompletedSuccessfully ? call.Completed : AwaitAsync(scoring, call);
    }

    /// <summary>
    /// Scores a stream of events in their order. When the service stops, the event at hand is answered and the stream
    /// ends with UNAVAILABLE: a gateway keeps its streams open for days, and the stop would wait for them in vain.
    /// </summary>
    public async Task ScoreStream(
        IAsyncStreamReader<ScoringCall> requests, IServerStreamWriter<ScoringCall> replies, ServerCallContext context)
    {
        _streams.Begin();
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, _streams.Ending);
            while (await NextAsync(requests, ending.Token, context.CancellationToken))
            {
                var call = requests.Current;
                if (call.Event.Error == RequestError.None)
                {
                    await _pipeline.ScoreAsync(call, Budget(context));
                }
                else
                {
                    _metrics.Refuse(call.Event.Error);
                }

                await replies.WriteAsync(call, context.CancellationToken);
            }
        }
        finally
        {
            _streams.End();
        }
    }

    /// <summary>Scores the events of a batch; to the store they go together.</summary>
    public async Task<ScoringBatch> ScoreBatch(ScoringBatch batch, ServerCallContext context)
    {
        if (batch.Error is not null)
        {
            batch.Return();
            throw new RpcException(new Status(StatusCode.InvalidArgument, batch.Error));
        }

        var budget = Budget(context);
        var scoring = new List<Task>();
        foreach (var call in batch.Calls)
        {
            if (call.Event.Error != RequestError.None)
            {
                _metrics.Refuse(call.Event.Error);
                continue;
            }

            var one = _pipeline.ScoreAsync(call, budget);
            if (!one.IsCompletedSuccessfully)
            {
                scoring.Add(one.AsTask());
            }
        }

        await Task.WhenAll(scoring);
        return batch;
    }

    /// <summary>Takes a reported outcome.</summary>
    public async Task<ReportReply> Report(OutcomeReport report, ServerCallContext context)
    {
        if (report.Error != RequestError.None)
        {
            _metrics.Refuse(report.Error);
            throw new RpcException(new Status(StatusCode.InvalidArgument, RequestErrorText.Of(report.Error)));
        }

        var written = await _outcomes.WriteAsync(report, Budget(context));
        var reply = new ReportReply { EventFound = written.IsEventFound, WindowsWritten = (uint)written.Windows };
        if (written.Status != StoreStatus.Ok)
        {
            reply.Degraded.Add((DegradedCause)written.Status);
        }

        return reply;
    }

    private async ValueTask<bool> NextAsync(
        IAsyncStreamReader<ScoringCall> requests, CancellationToken ending, CancellationToken cancelled)
    {
        try
        {
            return await requests.MoveNext(ending);
        }
        catch (OperationCanceledException) when (_streams.Ending.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The service stops. Open the stream again and send what was not answered."));
        }
    }

    private static async Task<ScoringCall> AwaitAsync(ValueTask scoring, ScoringCall call)
    {
        await scoring;
        return call;
    }

    private TimeSpan Budget(ServerCallContext context) =>
        context.Deadline == DateTime.MaxValue ? TimeSpan.MaxValue : context.Deadline - _time.GetUtcNow().UtcDateTime;

    [DoesNotReturn]
    private void Refuse(ScoringCall call)
    {
        var error = call.Event.Error;
        call.Return();
        _metrics.Refuse(error);
        throw new RpcException(new Status(StatusCode.InvalidArgument, RequestErrorText.Of(error)));
    }
}
