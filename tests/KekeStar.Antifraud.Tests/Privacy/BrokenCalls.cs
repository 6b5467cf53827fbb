using System.Globalization;
using System.Net;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Calls with canaries that go wrong in every way that is known, and what the service said to each.</summary>
internal sealed class BrokenCalls(GrpcChannel channel, Uri address, Action<SocketsHttpHandler> configure, int firstCall)
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(50);

    private readonly List<string> _said = [];
    /// <summary>How many calls were made.</summary>
    public int Calls { get; private set; }

    /// <summary>What the service said: status, headers, trailers.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <summary>Makes each kind of broken call this many times.</summary>
    public async Task RunAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            foreach (var method in new[] { "Score", "Report", "ScoreBatch" })
            {
                await ExpectAsync(method, Next().ToByteArray()[..^(3 + i)], StatusCode.InvalidArgument);
                await ExpectAsync(method, [.. Next().ToByteArray(), 0x07], StatusCode.InvalidArgument);
                await ExpectAsync(method, [.. Next().ToByteArray(), .. new byte[IntakeLimits.MaxBatchBytes]], StatusCode.ResourceExhausted);
            }

            foreach (var wrong in Wrong())
            {
                await ExpectAsync("Score", wrong.ToByteArray(), StatusCode.InvalidArgument);
            }

            await ExpireAsync(Next());
            await CancelAsync(Next());
            await HangUpAsync(Next());
            await EndEarlyAsync(Next());
            await MissAsync(Next());
            await AbandonStreamAsync();
        }
    }

    private IEnumerable<ScoreRequest> Wrong()
    {
        yield return With(static request => request.EventId = "");
        yield return With(static request => request.EventId = new string('e', 65));
        yield return With(static request => request.Scene = (Scene)99);
        yield return With(static request => request.EventTime = new Timestamp { Seconds = 1 });
        yield return With(static request => request.AccountId += new string('a', IntakeLimits.MaxAccountIdBytes));
        yield return With(static request => request.Device.Software.AddRange(Enumerable.Repeat(new string('a', 100), 700)));
    }

    private ScoreRequest Next() => CanaryRequest.Make(firstCall + Calls++);

    private ScoreRequest With(Action<ScoreRequest> change)
    {
        var request = Next();
        change(request);
        return request;
    }

    private async Task ExpectAsync(string method, byte[] message, StatusCode expected)
    {
        try
        {
            await channel.SendAsync(method, message);
            Assert.Fail($"{method} was answered.");
        }
        catch (RpcException refused)
        {
            _said.Add($"{refused.Status} {string.Join(' ', refused.Trailers.Where(static trailer => trailer.Key != "date"))}");
            Assert.Equal(expected, refused.StatusCode);
        }
    }

    // The service's own deadline passes while half of the message is there.
    private async Task ExpireAsync(ScoreRequest request)
    {
        using var client = Client();
        using var stalled = new StalledContent(request.ToByteArray(), missing: 100, waits: true);
        using var call = Post("Score", stalled);
        call.Headers.Add("grpc-timeout", "100m");
        using var response = await client.SendAsync(call, HttpCompletionOption.ResponseHeadersRead);
        Keep(response);
        Assert.Equal("4", response.Headers.GetValues("grpc-status").Single());
    }

    private async Task CancelAsync(ScoreRequest request)
    {
        using var client = Client();
        using var stalled = new StalledContent(request.ToByteArray(), missing: 100, waits: true);
        using var cancel = new CancellationTokenSource();
        using var call = Post("Score", stalled);
        var sending = client.SendAsync(call, cancel.Token);
        await stalled.Sent;
        await Task.Delay(OnItsWay);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private async Task HangUpAsync(ScoreRequest request)
    {
        using var stalled = new StalledContent(request.ToByteArray(), missing: 100, waits: true);
        var client = Client();
        using var call = Post("ScoreBatch", stalled);
        var sending = client.SendAsync(call);
        await stalled.Sent;
        await Task.Delay(OnItsWay);
        client.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
    }

    private async Task EndEarlyAsync(ScoreRequest request)
    {
        using var client = Client();
        using var content = new StalledContent(request.ToByteArray(), missing: 100, waits: false);
        using var call = Post("Report", content);
        using var response = await client.SendAsync(call);
        await response.Content.ReadAsByteArrayAsync();
        Keep(response);
    }

    // No such method: nobody reads the message.
    private async Task MissAsync(ScoreRequest request)
    {
        using var client = Client();
        using var content = new StalledContent(request.ToByteArray(), missing: 0, waits: false);
        using var call = Post("Nothing", content);
        using var response = await client.SendAsync(call);
        Keep(response);
    }

    private async Task AbandonStreamAsync()
    {
        using var stream = new V1.Antifraud.AntifraudClient(channel).ScoreStream();
        await stream.RequestStream.WriteAsync(Next());
        await stream.RequestStream.WriteAsync(Next());
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
    }

    private void Keep(HttpResponseMessage response)
    {
        response.Headers.Date = null;
        _said.Add(string.Create(CultureInfo.InvariantCulture, $"{response} {string.Join(' ', response.TrailingHeaders)}"));
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        configure(handler);
        return new HttpClient(handler);
    }

    private HttpRequestMessage Post(string method, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/{V1.Antifraud.Descriptor.FullName}/{method}"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.ParseAdd("trailers");
        return request;
    }
}
