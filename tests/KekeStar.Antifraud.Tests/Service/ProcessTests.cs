using Grpc.Core;
using KekeStar.Antifraud.Tests.Windows.Redis;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>The real process: killed, stopped, started twice, started wrongly.</summary>
[Collection(nameof(FaultCollection))]
public sealed class ProcessTests(ITestOutputHelper output) : IDisposable
{
    private const int Devices = 60;
    private const int Enough = 4_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-process-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_acknowledged_event_is_counted_after_a_kill_in_the_middle_of_load()
    {
        var load = new DeviceLoad(Devices);
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName))
        {
            await load.RunAsync(service.Client, Enough, service.KillAsync);
        }

        Assert.Contains(load.Devices, device => device.Failure is not null);
        output.WriteLine($"sent {load.Devices.Sum(d => d.Sent)}, acknowledged {load.Devices.Sum(d => d.Acknowledged)}");
        await using var again = await ServiceProcess.StartAsync(_folder.FullName);
        await load.AssertCountedAsync(again.Client);
    }

    [Fact]
    public async Task A_stop_lets_calls_finish_closes_the_store_and_loses_nothing()
    {
        var load = new DeviceLoad(Devices);
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName))
        {
            await load.RunAsync(service.Client, Enough, async () =>
            {
                service.Terminate();
                Assert.Equal(0, await service.EndAsync());
            });
            foreach (var trouble in new[] { "warn:", "fail:", "crit:", "Unhandled" })
            {
                Assert.DoesNotContain(trouble, service.OwnOutput, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(load.Devices, device => device.FailedBeforeStop);
        await using var again = await ServiceProcess.StartAsync(_folder.FullName);
        await load.AssertCountedAsync(again.Client);
    }

    [Fact]
    public async Task A_stop_ends_open_streams_so_that_their_callers_go_elsewhere_and_does_not_wait_for_them()
    {
        var device = Requests.NewDevice();
        await using (var service = await ServiceProcess.StartAsync(_folder.FullName))
        {
            using var stream = service.Client.ScoreStream();
            await stream.RequestStream.WriteAsync(Requests.Event(device, "stream"));
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));

            service.Terminate();
            var ended = await Requests.StatusOfAsync(() => stream.ResponseStream.MoveNext(CancellationToken.None));
            Assert.True(ended.StatusCode == StatusCode.Unavailable, ended.ToString());
            Assert.Contains("stops", ended.Detail, StringComparison.Ordinal);
            Assert.Equal(0, await service.EndAsync());
            Assert.Contains("Embedded store closed", service.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("fail:", service.Output, StringComparison.Ordinal);
        }

        await using var again = await ServiceProcess.StartAsync(_folder.FullName);
        Assert.Equal(2, (await again.Client.ScoreAsync(Requests.Event(device, "stream"))).Value("device_events"));
    }

    [Fact]
    public async Task A_second_service_on_the_same_directory_refuses_and_the_first_goes_on()
    {
        await using var first = await ServiceProcess.StartAsync(_folder.FullName);
        var (exitCode, printed) = await ServiceProcess.RunAsync(_folder.FullName);

        Assert.Equal(3, exitCode);
        Assert.Contains("is in use by another process", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
        Assert.Empty((await first.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()))).Degraded);
    }

    [Fact]
    public async Task Wrong_settings_end_it_with_2_and_a_line_for_each()
    {
        var (exitCode, printed) = await ServiceProcess.RunAsync(
            _folder.FullName, "--Antifraud:Listen:Grpc=http://0.0.0.0:5080", "--Antifraud:Gate:StoreTimeout=fast", "--Antifraud:Store:Kind=mongo");

        Assert.Equal(2, exitCode);
        foreach (var key in new[] { "Antifraud:Listen:Grpc", "Antifraud:Gate:StoreTimeout is 'fast'", "Antifraud:Store:Kind is 'mongo'" })
        {
            Assert.Contains(key, printed, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("   at ", printed, StringComparison.Ordinal);
    }
}
