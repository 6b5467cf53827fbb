using System.Net;
using KekeStar.Antifraud.Service.Memory;
using KekeStar.Antifraud.Tests.Privacy;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service.Memory;

/// <summary>Kestrel takes its memory from our pools, and gives all of it back.</summary>
public sealed class KestrelMemoryTests
{
    private const int MessageBytes = 60_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_on_its_way_lies_in_rented_blocks_and_they_come_back_when_the_call_is_cancelled(bool isTls)
    {
        using var certificates = new TestCertificates();
        string[] tls =
        [
            "--Antifraud:Listen:Grpc=https://127.0.0.1:0",
            $"--Antifraud:Listen:CertificateFile={certificates.ServerFile}",
            $"--Antifraud:Listen:PrivateKeyFile={certificates.ServerKeyFile}",
        ];
        await using var host = await ServiceHost.StartAsync(isTls ? tls : []);
        var pools = Assert.IsType<ZeroingMemoryPoolFactory>(host.Services.GetRequiredService<IMemoryPoolFactory<byte>>());
        using var handler = new SocketsHttpHandler { UseProxy = false };
        certificates.Trust(handler);
        using var client = new HttpClient(handler);
        using var content = new StalledContent(new byte[MessageBytes], missing: 1, waits: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Grpc, $"/{V1.Antifraud.Descriptor.FullName}/Score"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(request, cancel.Token);
        await content.Sent;
        await Patience.UntilAsync(() => pools.Blocks - pools.Idle >= MessageBytes / ZeroingMemoryPool.BlockLength);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        client.Dispose();
        await Patience.UntilAsync(() => pools.Blocks == pools.Idle);
    }

    [Fact]
    public async Task Calls_one_after_another_use_the_same_blocks()
    {
        await using var host = await ServiceHost.StartAsync();
        var pools = host.Services.GetRequiredService<ZeroingMemoryPoolFactory>();
        for (var i = 0; i < 50; i++)
        {
            await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        }

        var before = pools.Blocks;
        Assert.InRange(before, 1, 50);
        for (var i = 0; i < 200; i++)
        {
            await host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        }

        Assert.InRange(pools.Blocks, before, before + 10);
    }
}
