using KekeStar.Antifraud.Load.Http2;

namespace KekeStar.Antifraud.Tests.Load;

/// <summary>Several messages in flight on each of a few long-lived streams.</summary>
public sealed class StreamedCallsTests
{
    private const byte Ended = FrameFlags.EndHeaders | FrameFlags.EndStream;
    private static readonly byte[] Status200 = [0x88];
    private static readonly byte[] GrpcUnavailable = [0x00, 0x0b, .. "grpc-status"u8, 0x02, (byte)'1', (byte)'4'];

    [Fact]
    public void Each_stream_is_opened_once_and_carries_its_share_of_the_messages()
    {
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 2, messages: 2);
        for (byte request = 1; session.CanStart; request++)
        {
            session.Start(0, request);
        }

        session.Flush();

        Assert.Equal(4, session.InFlight);
        (FrameHeader Header, byte[] Payload)[] sent = [.. Enumerable.Range(0, 4).Select(_ => server.Next(FrameType.Data))];
        Assert.Equal([(1, 1), (3, 2), (1, 3), (3, 4)], sent.Select(static frame => (frame.Header.StreamId, (int)frame.Payload[^1])));
        Assert.All(sent, static frame => Assert.Equal(0, frame.Header.Flags));
    }

    [Fact]
    public void Replies_are_given_to_the_requests_of_their_stream_in_order_however_frames_cut_them()
    {
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 1, messages: 3);
        Start(session, 1, 2, 3);
        server.Send(FrameType.Headers, FrameFlags.EndHeaders, 1, Status200);
        server.Send(FrameType.Data, 0, 1, 0, 0, 0);
        server.Send(FrameType.Data, 0, 1, 0, 2, 11, 12, 0, 0, 0, 0, 1);
        server.Send(FrameType.Data, 0, 1, 21);

        Take(session, ended: 2);

        Assert.Equal([(1UL, CallOutcome.Ok), (2UL, CallOutcome.Ok)], session.Ended.Select(static call => (call.Request, call.Outcome)));
        Assert.Equal([0, 0, 0, 0, 2, 11, 12], session.Ended[0].Reply.ToArray());
        Assert.Equal([0, 0, 0, 0, 1, 21], session.Ended[1].Reply.ToArray());
        Assert.Equal(1, session.InFlight);
        session.Recycle();
        Assert.True(session.CanStart);
    }

    [Fact]
    public void A_stream_that_the_server_ends_fails_what_was_in_flight_on_it_and_a_new_one_is_opened()
    {
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 1, messages: 2);
        Start(session, 1, 2);
        server.Send(FrameType.Headers, Ended, 1, [.. Status200, .. GrpcUnavailable]);

        Take(session, ended: 2);

        Assert.All(session.Ended, static call => Assert.Equal((CallOutcome.Status, 14), (call.Outcome, call.Status.Grpc)));
        session.Recycle();
        Start(session, 3);
        Assert.Equal([1, 1, 3], Enumerable.Range(0, 3).Select(_ => server.Next(FrameType.Data).Header.StreamId));
    }

    [Fact]
    public void A_reset_fails_the_calls_of_its_stream_alone()
    {
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 2, messages: 1);
        Start(session, 1, 2);
        server.Send(FrameType.RstStream, 0, 3, 0, 0, 0, 8);

        Take(session, ended: 1);

        Assert.Equal((CallOutcome.Reset, 2UL), (session.Ended[0].Outcome, session.Ended[0].Request));
        Assert.Equal(1, session.InFlight);
    }

    [Fact]
    public void The_servers_window_of_the_stream_is_honoured()
    {
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 1, messages: 10, (4, 30));
        Start(session, 1, 2);
        Assert.False(session.CanStart);

        server.Send(FrameType.WindowUpdate, 0, 1, 0, 0, 0, 15);
        session.Receive();

        Assert.True(session.CanStart);
        Start(session, 3);
        Assert.False(session.CanStart);
    }

    [Fact]
    public void The_server_is_let_send_more_on_a_stream_before_its_window_is_used_up()
    {
        const int Message = 16_000;
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 1, messages: 1);
        Start(session, 1);
        server.Send(FrameType.Headers, FrameFlags.EndHeaders, 1, Status200);
        for (int sent = 0; sent <= (1 << 20) / 2; sent += Message)
        {
            server.Send(FrameType.Data, 0, 1, [0, 0, 0, (Message - 5) >> 8, (Message - 5) & 0xff, .. new byte[Message - 5]]);
            Take(session, ended: 1);
            session.Recycle();
            Start(session, 1);
        }

        FrameHeader update = server.Next(FrameType.WindowUpdate).Header;
        Assert.Equal(1, update.StreamId is 0 ? server.Next(FrameType.WindowUpdate).Header.StreamId : update.StreamId);
    }

    [Fact]
    public void A_reply_that_nobody_asked_for_ends_the_connection()
    {
        using var server = new ScriptedServer();
        using Http2Session session = Connect(server, streams: 1, messages: 1);
        Start(session, 1);
        server.Send(FrameType.Headers, FrameFlags.EndHeaders, 1, Status200);
        server.Send(FrameType.Data, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Assert.Throws<Http2Exception>(() => Take(session, ended: 2));
    }

    private static Http2Session Connect(ScriptedServer server, int streams, int messages, params (ushort Id, uint Value)[] settings)
        => server.Connect(new CallShape { Path = "/a.B/C", Streams = streams, MessagesPerStream = messages, MessageSize = 10 }, settings);

    private static void Start(Http2Session session, params byte[] requests)
    {
        foreach (byte request in requests)
        {
            Assert.True(session.CanStart);
            session.Start(dueAt: 0, request);
        }

        session.Flush();
    }

    private static void Take(Http2Session session, int ended)
    {
        while (session.Ended.Count < ended)
        {
            session.Receive();
        }
    }
}
