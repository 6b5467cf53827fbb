using Grpc.Core;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>
/// The marshallers of the hot path. A request is parsed where gRPC's payload lies and that memory is wiped before
/// anything else happens; a reply is written from the decision without message objects.
/// </summary>
internal sealed class ScoringMarshallers
{
    [ThreadStatic]
    private static ProtobufWriter? _writer;

    private readonly ScoringPipeline _pipeline;
    private readonly ReportRequestParser _reports;

    /// <summary>Makes the marshallers.</summary>
    public ScoringMarshallers(ScoringPipeline pipeline, ReportRequestParser reports)
    {
        _pipeline = pipeline;
        _reports = reports;
        Score = new Marshaller<ScoringCall>(WriteReply, ReadRequest);
        Batch = new Marshaller<ScoringBatch>(WriteBatch, ReadBatch);
        Report = new Marshaller<OutcomeReport>(
            static (_, _) => throw new NotSupportedException("A report is never sent."), ReadReport);
    }

    /// <summary>ScoreRequest in, ScoreReply out.</summary>
    public Marshaller<ScoringCall> Score { get; }

    /// <summary>ScoreBatchRequest in, ScoreBatchReply out.</summary>
    public Marshaller<ScoringBatch> Batch { get; }

    /// <summary>ReportRequest in.</summary>
    public Marshaller<OutcomeReport> Report { get; }

    /// <summary>Writes one reply; an event that could not be scored gets an error in it.</summary>
    public static void Encode(ScoringCall call, ProtobufWriter writer)
    {
        if (call.Event.Error == RequestError.None)
        {
            ScoreReplyEncoder.Write(call.Event, call.Features, call.Decision, writer);
        }
        else
        {
            ScoreReplyEncoder.WriteError(call.Event, writer);
        }
    }

    private static void Send(SerializationContext context, ProtobufWriter writer)
    {
        context.SetPayloadLength(writer.Written.Length);
        var output = context.GetBufferWriter();
        writer.Written.CopyTo(output.GetSpan(writer.Written.Length));
        output.Advance(writer.Written.Length);
        context.Complete();
    }

    private static ProtobufWriter Writer()
    {
        var writer = _writer ??= new ProtobufWriter();
        writer.Clear();
        return writer;
    }

    private void WriteReply(ScoringCall call, SerializationContext context)
    {
        var writer = Writer();
        Encode(call, writer);
        Send(context, writer);
        call.Return();
    }

    private ScoringCall ReadRequest(DeserializationContext context)
    {
        var payload = context.PayloadAsReadOnlySequence();
        var call = ScoringCall.Rent();
        try
        {
            _pipeline.Parse(RequestPayload.Join(payload), call);
        }
        finally
        {
            RequestPayload.Wipe(payload);
        }

        return call;
    }

    private ScoringBatch ReadBatch(DeserializationContext context) =>
        RequestPayload.ReadAndWipe(context, message => ScoringBatch.Parse(message, _pipeline));

    private void WriteBatch(ScoringBatch batch, SerializationContext context)
    {
        var writer = Writer();
        foreach (var call in batch.Calls)
        {
            var mark = writer.BeginMessage(V1.ScoreBatchReply.RepliesFieldNumber);
            Encode(call, writer);
            writer.EndMessage(mark);
        }

        Send(context, writer);
        batch.Return();
    }

    private OutcomeReport ReadReport(DeserializationContext context) => RequestPayload.ReadAndWipe(context, _reports.Parse);
}
