using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Messages that are too large, compressed, empty or no protocol buffers at all: each is refused clearly, and the service lives on.</summary>
[Collection(nameof(ServiceCollection))]
public sealed class SizeTests(SharedService shared)
{
    private readonly ServiceHost _host = shared.Host;

    [Fact]
    public async Task An_event_over_64_KiB_is_refused_with_the_limit()
    {
        var refused = await Requests.StatusOfAsync(() => _host.Client.ScoreAsync(Requests.Oversized()).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("65536 bytes", refused.Detail, StringComparison.Ordinal);

        var report = new ReportRequest { EventId = "id", Outcome = Outcome.LoginFailed, AccountId = new string('x', 70_000) };
        refused = await Requests.StatusOfAsync(() => _host.Client.ReportAsync(report).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        await AssertAliveAsync();
    }

    [Fact]
    public async Task In_a_stream_or_a_batch_it_is_answered_with_an_error_and_the_others_are_scored()
    {
        var device = Requests.NewDevice();
        using var stream = _host.Client.ScoreStream();
        foreach (var request in new[] { Requests.Event(device, "a"), Requests.Oversized(), Requests.Event(device, "a") })
        {
            await stream.RequestStream.WriteAsync(request);
        }

        await stream.RequestStream.CompleteAsync();
        var streamed = new List<ScoreReply>();
        await foreach (var reply in stream.ResponseStream.ReadAllAsync())
        {
            streamed.Add(reply);
        }

        AssertMiddleRefused(streamed, 1);
        var batch = new ScoreBatchRequest { Events = { Requests.Event(device, "a"), Requests.Oversized(), Requests.Event(device, "a") } };
        AssertMiddleRefused([.. (await _host.Client.ScoreBatchAsync(batch)).Replies], 3);
    }

    [Fact]
    public async Task A_batch_may_have_1_MiB_and_not_a_byte_more()
    {
        var batch = new ScoreBatchRequest { Events = { Requests.Event(Requests.NewDevice(), "full") } };
        var message = batch.ToByteArray();

        // Field 1000, which the contract does not have, fills the message up: tag 2 bytes, length 3 bytes.
        var padding = IntakeLimits.MaxBatchBytes - message.Length - 5;
        byte[] full = [.. message, 0xC2, 0x3E, (byte)(padding | 0x80), (byte)((padding >> 7) | 0x80), (byte)(padding >> 14), .. new byte[padding]];
        Assert.Equal(IntakeLimits.MaxBatchBytes, full.Length);
        Assert.Single(ScoreBatchReply.Parser.ParseFrom(await _host.Channel.SendAsync("ScoreBatch", full)).Replies);

        foreach (var method in new[] { "Score", "ScoreBatch", "Report" })
        {
            var refused = await Requests.StatusOfAsync(() => _host.Channel.SendAsync(method, [.. full, 0]));
            Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
            await AssertAliveAsync();
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_compressed_request_is_refused(string encoding)
    {
        using var message = new MemoryStream();
        await using (Stream compressing = encoding == "gzip" ? new GZipStream(message, CompressionLevel.Fastest, leaveOpen: true) : new ZLibStream(message, CompressionLevel.Fastest, leaveOpen: true))
        {
            await compressing.WriteAsync(Requests.Event(Requests.NewDevice(), "zip").ToByteArray());
        }

        var prefix = new byte[5];
        prefix[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), (int)message.Length);
        using var content = new ByteArrayContent([.. prefix, .. message.ToArray()]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host.Grpc, "/kekestar.antifraud.v1.Antifraud/Score"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.ParseAdd("trailers");
        request.Headers.Add("grpc-encoding", encoding);
        using var response = await _host.Web.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        var status = response.Headers.TryGetValues("grpc-status", out var inHeaders) ? inHeaders : response.TrailingHeaders.GetValues("grpc-status");
        Assert.Equal(((int)StatusCode.Unimplemented).ToString(CultureInfo.InvariantCulture), status.Single());
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("Score")]
    [InlineData("Report")]
    public async Task An_empty_message_is_refused_with_what_is_missing(string method)
    {
        var refused = await Requests.StatusOfAsync(() => _host.Channel.SendAsync(method, []));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("event_id is missing", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_has_no_replies() => Assert.Empty((await _host.Client.ScoreBatchAsync(new ScoreBatchRequest())).Replies);

    [Fact]
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Garbage that is the same in every run.")]
    public async Task A_thousand_messages_of_garbage_are_refused_and_the_service_lives_on()
    {
        var random = new Random(20_261_124);
        var valid = Requests.Event(Requests.NewDevice(), "garbage").ToByteArray();
        var statuses = new List<StatusCode>();
        foreach (var method in new[] { "Score", "Report", "ScoreBatch" })
        {
            for (var i = 0; i < 334; i++)
            {
                // Half random bytes, half a valid message with some bytes changed or its end cut off.
                var garbage = new byte[random.Next(1, 600)];
                random.NextBytes(garbage);
                if (i % 2 == 0)
                {
                    garbage = [.. valid.AsSpan(0, random.Next(1, valid.Length))];
                    garbage[random.Next(garbage.Length)] = (byte)random.Next(256);
                }

                statuses.Add((await Requests.StatusOfAsync(() => _host.Channel.SendAsync(method, garbage))).StatusCode);
            }
        }

        Assert.All(statuses, status => Assert.True(status is StatusCode.InvalidArgument or StatusCode.OK, status.ToString()));
        Assert.True(statuses.Count(status => status == StatusCode.InvalidArgument) > 600);
        await AssertAliveAsync();
    }

    private static void AssertMiddleRefused(List<ScoreReply> replies, int firstCount)
    {
        Assert.Equal(3, replies.Count);
        Assert.Equal(firstCount, replies[0].Value("device_events"));
        Assert.Equal((int)StatusCode.InvalidArgument, replies[1].Error.Code);
        Assert.Contains("65536 bytes", replies[1].Error.Message, StringComparison.Ordinal);
        Assert.Equal(firstCount + 1, replies[2].Value("device_events"));
    }

    private async Task AssertAliveAsync() =>
        Assert.Equal(Verdict.Pass, (await _host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()))).Verdict);
}
