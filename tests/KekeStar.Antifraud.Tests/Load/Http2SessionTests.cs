using KekeStar.Antifraud.Load.Http2;

namespace KekeStar.Antifraud.Tests.Load;

public sealed class Http2SessionTests
{
    private const byte EndHeaders = FrameFlags.EndHeaders;
    private const byte Ended = FrameFlags.EndHeaders | FrameFlags.EndStream;
    private static readonly byte[] Status200 = [0x88];
    private static readonly byte[] GrpcOk = [0x00, 0x0b, .. "grpc-status"u8, 0x01, (byte)'0'];
    private static readonly byte[] GrpcUnavailable = [0x00, 0x0b, .. "grpc-status"u8, 0x02, (byte)'1', (byte)'4'];

    [Fact]
    public void A_call_that_succeeds_gives_its_reply_and_makes_room_for_the_next()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 1);
        Start(session, 7);
        Assert.False(session.CanStart);
        (FrameHeader data, byte[] message) = server.Next(FrameType.Data);
        Assert.Equal((1, FrameFlags.EndStream), (data.StreamId, data.Flags));
        Assert.Equal([0, 0, 0, 0, 10, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7], message);

        server.Send(FrameType.Headers, EndHeaders, 1, Status200);
        server.Send(FrameType.Data, 0, 1, 0, 0, 0, 0);
        server.Send(FrameType.Data, 0, 1, 1, 99);
        server.Send(FrameType.Headers, Ended, 1, GrpcOk);
        Call call = NextEnded(session);

        Assert.Equal(CallOutcome.Ok, call.Outcome);
        Assert.Equal([0, 0, 0, 0, 1, 99], call.Reply.ToArray());
        Assert.Equal(7UL, call.Request);
        session.Recycle();
        Assert.True(session.CanStart);
    }

    [Fact]
    public void A_grpc_status_other_than_0_is_an_error_with_its_number()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 1);
        Start(session, 1);
        server.Send(FrameType.Headers, Ended, 1, [.. Status200, .. GrpcUnavailable]);

        Call call = NextEnded(session);

        Assert.Equal((CallOutcome.Status, 14), (call.Outcome, call.Status.Grpc));
    }

    [Fact]
    public void Trailers_without_a_whole_message_are_an_error()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 1);
        Start(session, 1);
        server.Send(FrameType.Headers, Ended, 1, [.. Status200, .. GrpcOk]);

        Assert.Equal(CallOutcome.Status, NextEnded(session).Outcome);
    }

    [Fact]
    public void A_reset_ends_its_call_alone()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 2);
        Start(session, 1);
        Start(session, 2);
        server.Send(FrameType.RstStream, 0, 3, 0, 0, 0, 8);

        Call call = NextEnded(session);

        Assert.Equal((CallOutcome.Reset, 2UL), (call.Outcome, call.Request));
        Assert.Equal(1, session.InFlight);
    }

    [Fact]
    public void Goaway_loses_the_calls_above_its_stream_and_lets_no_new_one_start()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 3);
        Start(session, 1);
        Start(session, 2);
        server.Send(FrameType.GoAway, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);

        Assert.Equal((CallOutcome.Lost, 2UL), (NextEnded(session).Outcome, session.Ended[0].Request));
        Assert.True(session.Closing);
        Assert.False(session.CanStart);
        Assert.Equal(1, session.InFlight);
    }

    [Fact]
    public void A_connection_that_ends_loses_all_its_calls()
    {
        var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 2);
        Start(session, 1);
        Start(session, 2);
        server.Next(FrameType.Data);
        server.Next(FrameType.Data);
        server.Dispose();

        Assert.Throws<Http2Exception>(session.Receive);
        session.LoseAll();
        Assert.Equal([CallOutcome.Lost, CallOutcome.Lost], session.Ended.Select(static call => call.Outcome));
    }

    [Fact]
    public void No_more_calls_are_in_flight_than_the_server_allows()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 10, (3, 2));
        Start(session, 1);
        Start(session, 2);

        Assert.False(session.CanStart);
    }

    [Fact]
    public void The_servers_connection_window_is_honoured()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 10_000);
        int started = 0;
        while (session.CanStart)
        {
            session.Start(0, 0);
            started++;
        }

        // 65,535 bytes at first (RFC 9113 clause 6.9.2), 15 bytes a call.
        Assert.Equal(65_535 / 15, started);
        server.Send(FrameType.WindowUpdate, 0, 0, 0, 0, 0, 15);
        session.Receive();
        Assert.True(session.CanStart);
        session.Start(0, 0);
        Assert.False(session.CanStart);
    }

    [Fact]
    public void Pings_and_settings_are_acknowledged()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 1);
        Assert.Equal(0, server.Next(FrameType.Settings).Header.Flags);
        Assert.Equal(FrameFlags.Ack, server.Next(FrameType.Settings).Header.Flags);
        server.Send(FrameType.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        session.Receive();
        session.Flush();

        (FrameHeader header, byte[] payload) = server.Next(FrameType.Ping);

        Assert.Equal(FrameFlags.Ack, header.Flags);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], payload);
    }

    [Theory]
    [InlineData(FrameType.RstStream, 3)]
    [InlineData(FrameType.GoAway, 7)]
    [InlineData(FrameType.WindowUpdate, 3)]
    [InlineData(FrameType.Continuation, 1)]
    [InlineData(FrameType.PushPromise, 4)]
    public void A_frame_that_breaks_the_protocol_ends_the_connection(byte type, int length)
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(streams: 1);
        server.Send(type, 0, 0, new byte[length]);

        Assert.Throws<Http2Exception>(session.Receive);
    }

    [Fact]
    public void A_window_smaller_than_a_request_is_refused_at_once()
    {
        using var server = new ScriptedServer();

        Assert.Throws<Http2Exception>(() => server.Connect(streams: 1, (4, 10)));
    }

    [Fact]
    public void A_message_larger_than_a_frame_goes_in_several_of_which_the_last_ends_the_stream()
    {
        using var server = new ScriptedServer();
        using Http2Session session = server.Connect(new CallShape { Path = "/a.B/C", Streams = 1, MessageSize = 40_000 });
        Start(session, 7);

        (FrameHeader Header, byte[] Payload)[] frames = [server.Next(FrameType.Data), server.Next(FrameType.Data), server.Next(FrameType.Data)];

        Assert.Equal([16_384, 16_384, 40_005 - 32_768], frames.Select(static frame => frame.Payload.Length));
        Assert.Equal([0, 0, FrameFlags.EndStream], frames.Select(static frame => frame.Header.Flags));
        byte[] message = [.. frames.SelectMany(static frame => frame.Payload)];
        Assert.Equal([0, 0, 0, 40_000 >> 8, 40_000 & 0xff], message[..5]);
        Assert.All(message[5..], static content => Assert.Equal(7, content));
    }

    private static void Start(Http2Session session, byte request)
    {
        session.Start(dueAt: 0, request);
        session.Flush();
    }

    private static Call NextEnded(Http2Session session)
    {
        while (session.Ended.Count == 0)
        {
            session.Receive();
        }

        return session.Ended[0];
    }
}
