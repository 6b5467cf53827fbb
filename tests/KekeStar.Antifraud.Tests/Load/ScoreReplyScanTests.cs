using Google.Protobuf;
using KekeStar.Antifraud.Load.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class ScoreReplyScanTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Event_id_and_degraded_are_read_as_the_parser_reads_them(bool degraded)
    {
        ScoreReply reply = Full();
        if (degraded)
        {
            reply.Degraded.Add(DegradedCause.StoreTimeout);
        }

        Assert.True(ScoreReplyScan.TryRead(reply.ToByteArray(), out ScoreReplyScan scan));
        Assert.Equal("event-1"u8, scan.EventId);
        Assert.Equal(degraded, scan.Degraded);
    }

    [Fact]
    public void A_reply_that_is_cut_off_is_malformed_or_ends_between_two_fields()
    {
        byte[] whole = Full().ToByteArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(Parses(whole.AsSpan(0, length)), ScoreReplyScan.TryRead(whole.AsSpan(0, length), out _));
        }
    }

    private static bool Parses(ReadOnlySpan<byte> bytes)
    {
        try
        {
            ScoreReply.Parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static ScoreReply Full()
    {
        var reply = new ScoreReply { EventId = "event-1", Score = 700, Verdict = Verdict.Review, PolicyVersion = "1", AtLeast = true, DeviceToken = ByteString.CopyFrom(1, 2, 3) };
        reply.Labels.Add("device_many_accounts");
        reply.Reasons.Add(new Reason { Rule = "r", Feature = "device.accounts_1h", Value = 12, WindowSeconds = 3600, Contribution = 700 });
        return reply;
    }
}
