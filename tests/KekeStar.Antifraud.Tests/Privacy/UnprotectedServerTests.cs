using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Tests.Windows.Redis;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>The test of the test: in a server that protects nothing, the same search finds everything.</summary>
[Collection(nameof(FaultCollection))]
public sealed class UnprotectedServerTests
{
    [Fact]
    public async Task Every_canary_is_found_in_the_memory_of_a_server_that_keeps_its_requests()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var server = Path.Combine(
            AppContext.BaseDirectory, "..", "..", "KekeStar.Antifraud.UnprotectedServer", configuration, "KekeStar.Antifraud.UnprotectedServer.dll");
        var port = LoopbackPort.Take();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [server, port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        try
        {
            using var channel = ServiceHost.Connect(new Uri($"http://127.0.0.1:{port}"));
            await WaitForAsync(channel);
            var traffic = new CanaryTraffic(new V1.Antifraud.AntifraudClient(channel));
            await traffic.SendAsync(0, CanaryTraffic.Calls);
            var search = new CanarySearch(0, CanaryTraffic.Calls);
            ResidentMemory.Search(process.Id, search);

            // In the strings of the messages, each one of them.
            var found = search.Found.Where(static found => found is { Form: 0, View: "UTF-16 " }).Select(static found => found.Canary).ToHashSet();
            Assert.Equal(CanaryTraffic.Calls * Canary.Fields, found.Count);

            // In what is left in Kestrel's blocks, some.
            Assert.Contains(search.Found, static found => found is { Form: 0, View: "" });
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task WaitForAsync(GrpcChannel channel)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        await new V1.Antifraud.AntifraudClient(channel)
            .ScoreAsync(new V1.ScoreRequest(), new CallOptions(cancellationToken: patience.Token).WithWaitForReady());
    }
}
