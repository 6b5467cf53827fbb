using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Service.Telemetry;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>Binds the methods of the contract to <see cref="AntifraudService"/> with the marshallers of the hot path.</summary>
internal sealed class AntifraudMethods : IServiceMethodProvider<AntifraudService>
{
    private readonly ScoringMarshallers _marshallers;
    private readonly bool _isTraced;

    /// <summary>Binds with these marshallers.</summary>
    /// <param name="marshallers">The marshallers.</param>
    /// <param name="isTraced">True: what was decided is added to a call's span. False: not even looked for one.</param>
    public AntifraudMethods(ScoringMarshallers marshallers, bool isTraced)
    {
        _marshallers = marshallers;
        _isTraced = isTraced;
    }

    /// <inheritdoc />
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<AntifraudService> context)
    {
        var service = V1.Antifraud.Descriptor.FullName;
        context.AddUnaryMethod(
            new Method<ScoringCall, ScoringCall>(MethodType.Unary, service, "Score", _marshallers.Score, _marshallers.Score),
            [],
            _isTraced ? ScoreTraced : static (service, call, context) => service.Score(call, context));
        context.AddDuplexStreamingMethod(
            new Method<ScoringCall, ScoringCall>(MethodType.DuplexStreaming, service, "ScoreStream", _marshallers.Score, _marshallers.Score),
            [],
            static (service, requests, replies, context) => service.ScoreStream(requests, replies, context));
        context.AddUnaryMethod(
            new Method<ScoringBatch, ScoringBatch>(MethodType.Unary, service, "ScoreBatch", _marshallers.Batch, _marshallers.Batch),
            [],
            static (service, batch, context) => service.ScoreBatch(batch, context));
        context.AddUnaryMethod(
            new Method<OutcomeReport, ReportReply>(
                MethodType.Unary,
                service,
                "Report",
                _marshallers.Report,
                Marshallers.Create(static reply => Google.Protobuf.MessageExtensions.ToByteArray(reply), ReportReply.Parser.ParseFrom)),
            [],
            static (service, report, context) => service.Report(report, context));
    }

    private static Task<ScoringCall> ScoreTraced(AntifraudService service, ScoringCall call, ServerCallContext context) =>
        CallTracing.HasSpan ? TagAsync(service.Score(call, context)) : service.Score(call, context);

    private static async Task<ScoringCall> TagAsync(Task<ScoringCall> scoring)
    {
        var call = await scoring;
        CallTracing.Tag(call);
        return call;
    }
}
