using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Tests.Windows.Redis;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Calls that go wrong leave nothing either: not in memory, not in what the service says, logs, exports or stores.</summary>
[Collection(nameof(FaultCollection))]
public sealed class BrokenCallTests(ITestOutputHelper output) : IDisposable
{
    private const int Times = 20;
    private const int GoodCalls = 400;
    private const int FirstBrokenCall = 1_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-canary-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Broken_calls_leave_nothing_in_memory_messages_logs_metrics_and_files_even_when_the_service_crashes()
    {
        var web = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Take()}"));
        var good = new CanarySearch(0, GoodCalls);
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, [$"--Antifraud:Listen:Web={web}", "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", .. ResidentMemory.Settings]);
        await new CanaryTraffic(service.Client).SendAsync(0, GoodCalls);
        var broken = new BrokenCalls(service.Channel, service.Address, static _ => { }, FirstBrokenCall);
        await broken.RunAsync(Times);
        output.WriteLine(string.Join(Environment.NewLine, broken.Said.Select(static said => said.ReplaceLineEndings(" ")).Distinct(StringComparer.Ordinal)));

        var search = new CanarySearch(FirstBrokenCall, broken.Calls);
        ResidentMemory.Search(service.Id, search);
        Assert.True(search.Found.Count == 0, "memory: " + search.Describe());

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var metrics = await client.GetStringAsync(new Uri(web, "/metrics"));
        Assert.Contains("antifraud_memory_blocks", metrics, StringComparison.Ordinal);
        await service.KillAsync();
        output.WriteLine($"{broken.Calls} broken calls, {service.Output.Length} characters printed, {metrics.Length} characters of metrics");
        foreach (var each in new[] { search, good })
        {
            each.Search(Encoding.UTF8.GetBytes(metrics));
            each.Search(Encoding.UTF8.GetBytes(service.Output));
            each.Search(Encoding.UTF8.GetBytes(string.Join('\n', broken.Said)));
            foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                each.SearchFile(file.FullName);
            }

            Assert.True(each.Found.Count == 0, each.Describe());
        }

        Assert.DoesNotContain(_folder.EnumerateFiles("*", SearchOption.AllDirectories), static file => file.Name.StartsWith("core", StringComparison.Ordinal));
    }
}
