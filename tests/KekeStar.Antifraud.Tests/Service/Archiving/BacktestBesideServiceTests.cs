using System.Security.Cryptography;
using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Backtests;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Service.Privacy;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Tests.Service.Archiving;

/// <summary>A backtest of the archive of a service that runs, over a real Redis.</summary>
public sealed class BacktestBesideServiceTests : IDisposable
{
    private const int Events = 60;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-backtest-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_live_store_is_as_it_was_and_verdicts_are_those_that_were_answered()
    {
        await using var redis = await RedisServerProcess.StartAsync();
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Store:Kind=Redis",
            $"--Antifraud:Store:Redis:Configuration={redis.EndPoint}",
            $"--Antifraud:Archive:Directory={_folder.FullName}",
            "--Antifraud:Archive:FlushInterval=00:00:01");
        var device = Requests.NewDevice();
        for (var i = 0; i < Events; i++)
        {
            await host.ScoreAsync(Requests.Event(i % 3 == 0 ? Requests.NewDevice() : device, Requests.NewAccount(), i % 2 == 0 ? Scene.Register : Scene.Login));
        }

        Assert.True(host.Services.GetServices<IHostedService>().OfType<ArchiveWriter>().Single().Flush());
        var before = await KeysAsync(redis);
        var policies = new KnownPolicies(ModelLibrary.Shipped);
        policies.AddPath(ProbePolicy.File);

        var report = await Backtest.RunAsync(new BacktestSetup { Archives = [_folder.FullName], Policies = policies }, CancellationToken.None);

        Assert.Equal((Events, Events), (report.Agreement.EqualVerdicts, report.Agreement.EqualScores));
        Assert.True(before.Count > Events, "A store that holds nothing shows nothing.");
        Assert.Equal(before, await KeysAsync(redis));
    }

    // Every key with a digest of what it holds.
    private static async Task<SortedDictionary<string, string>> KeysAsync(RedisServerProcess redis)
    {
        var keys = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in (RedisResult[])(await redis.ExecuteAsync("KEYS", "*"))!)
        {
            var bytes = (byte[])key!;
            keys[Convert.ToHexString(bytes)] = Convert.ToHexString(SHA256.HashData((byte[])(await redis.ExecuteAsync("DUMP", bytes))!));
        }

        return keys;
    }
}
