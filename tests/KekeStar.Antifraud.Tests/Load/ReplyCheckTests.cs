using Google.Protobuf;
using KekeStar.Antifraud.Load.Http2;
using KekeStar.Antifraud.Load.Measuring;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class ReplyCheckTests
{
    private static readonly RequestWriter Source = new(new TrafficShape(), run: 3);

    [Fact]
    public void A_batch_is_right_when_it_answers_its_events_in_their_order()
    {
        ScoreBatchReply reply = new() { Replies = { Reply(5), Reply(6), Reply(7) } };
        reply.Replies[1].Degraded.Add(DegradedCause.StoreTimeout);

        Assert.Equal((ReplyVerdict.Right, 1), Check(LoadMethod.Batch, reply, events: 3));
    }

    [Fact]
    public void A_batch_with_an_answer_missing_too_many_or_out_of_order_is_wrong()
    {
        Assert.Equal(ReplyVerdict.Wrong, Check(LoadMethod.Batch, new ScoreBatchReply { Replies = { Reply(5), Reply(6) } }, events: 3).Verdict);
        Assert.Equal(ReplyVerdict.Wrong, Check(LoadMethod.Batch, new ScoreBatchReply { Replies = { Reply(5), Reply(6), Reply(7) } }, events: 2).Verdict);
        Assert.Equal(ReplyVerdict.Wrong, Check(LoadMethod.Batch, new ScoreBatchReply { Replies = { Reply(6), Reply(5) } }, events: 2).Verdict);
    }

    [Fact]
    public void An_event_that_cannot_be_scored_is_refused()
    {
        ScoreReply refused = Reply(5);
        refused.Error = new ItemError();

        Assert.Equal(ReplyVerdict.Refused, Check(LoadMethod.Stream, refused, events: 1).Verdict);
        Assert.Equal(ReplyVerdict.Refused, Check(LoadMethod.Batch, new ScoreBatchReply { Replies = { refused } }, events: 1).Verdict);
    }

    private static ScoreReply Reply(ulong number)
    {
        byte[] eventId = new byte[RequestWriter.EventIdSize];
        Source.WriteEventId(number, eventId);
        return new ScoreReply { EventId = System.Text.Encoding.ASCII.GetString(eventId) };
    }

    private static (ReplyVerdict Verdict, int Degraded) Check(LoadMethod method, IMessage reply, int events)
    {
        var call = new Call();
        call.Begin(streamId: 1, dueAt: 0, request: 5);
        byte[] prefix = new byte[GrpcMessage.PrefixSize];
        GrpcMessage.WritePrefix(prefix, reply.CalculateSize());
        call.Append([.. prefix, .. reply.ToByteArray()]);
        return (new ReplyCheck(method, Source, events).Check(call, out int degraded), degraded);
    }
}
