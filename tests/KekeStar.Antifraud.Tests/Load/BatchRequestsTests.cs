using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class BatchRequestsTests
{
    [Fact]
    public void A_batch_holds_the_events_of_its_number_and_those_that_follow()
    {
        var events = new RequestWriter(new TrafficShape(), run: 3);
        var batches = new BatchRequests(events, count: 3);
        byte[] encoded = new byte[batches.MessageSize];
        byte[] single = new byte[events.MessageSize];

        batches.Write(40, encoded);

        ScoreBatchRequest batch = ScoreBatchRequest.Parser.ParseFrom(encoded);
        Assert.Equal(3, batch.Events.Count);
        for (int i = 0; i < 3; i++)
        {
            events.Write(40 + (ulong)i, single);
            Assert.Equal(ScoreRequest.Parser.ParseFrom(single), batch.Events[i]);
        }
    }
}
