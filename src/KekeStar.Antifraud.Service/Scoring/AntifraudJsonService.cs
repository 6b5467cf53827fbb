using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>
/// The contract's service Antifraud for JSON: the transcoder needs message objects, so they are turned back into
/// bytes and take the way of every other request.
/// </summary>
internal sealed class AntifraudJsonService : V1.Antifraud.AntifraudBase
{
    private readonly AntifraudService _service;
    private readonly ScoringPipeline _pipeline;
    private readonly ReportRequestParser _reports;

    /// <summary>Makes the service.</summary>
    public AntifraudJsonService(
        AntifraudService service, ScoringPipeline pipeline, ReportRequestParser reports)
    {
        _service = service;
        _pipeline = pipeline;
        _reports = reports;
    }

    /// <inheritdoc />
    public override async Task<ScoreReply> Score(ScoreRequest request, ServerCallContext context)
    {
        var call = ScoringCall.Rent();
        _pipeline.Parse(request.ToByteArray(), call);
        return Reply(await _service.Score(call, context));
    }

    /// <inheritdoc />
    public override async Task<ScoreBatchReply> ScoreBatch(ScoreBatchRequest request, ServerCallContext context)
    {
        var batch = await _service.ScoreBatch(ScoringBatch.Parse(request.ToByteArray(), _pipeline), context);
        var reply = new ScoreBatchReply();
        reply.Replies.AddRange(batch.Calls.Select(Reply));
        batch.Calls.Clear();
        return reply;
    }

    /// <inheritdoc />
    public override Task<ReportReply> Report(ReportRequest request, ServerCallContext context) =>
        _service.Report(_reports.Parse(request.ToByteArray()), context);

    private static ScoreReply Reply(ScoringCall call)
    {
        var writer = new ProtobufWriter();
        ScoringMarshallers.Encode(call, writer);
        call.Return();
        return ScoreReply.Parser.ParseFrom(writer.Written);
    }
}
