using System.Globalization;
using System.Text.RegularExpressions;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Tests.Windows.Redis;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>What Redis gets to see and writes to disk holds no canary.</summary>
[Collection(nameof(FaultCollection))]
public sealed partial class RedisDumpTests(ITestOutputHelper output) : IDisposable
{
    private const int Calls = 500;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-canary-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_is_in_the_dump_the_append_only_file_and_the_memory_of_Redis_nor_in_the_memory_of_its_service()
    {
        await using var redis = await RedisServerProcess.StartAsync("--appendonly", "yes");
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName,
            ["--Antifraud:Store:Kind=Redis", $"--Antifraud:Store:Redis:Configuration={redis.EndPoint}", "--Antifraud:Gate:StoreTimeout=00:00:01", .. ResidentMemory.Settings]);
        var traffic = new CanaryTraffic(service.Client);
        await traffic.SendAsync(0, Calls);
        Assert.Empty(traffic.Dropped);
        Assert.InRange(traffic.Degraded.Values.Sum(), 0, Calls / 10);
        await redis.ExecuteAsync("SAVE");

        var search = new CanarySearch(0, Calls);
        ResidentMemory.Search(service.Id, search);
        ResidentMemory.Search(int.Parse(ProcessId().Match((string)(await redis.ExecuteAsync("INFO", "server"))!).Groups["id"].Value, CultureInfo.InvariantCulture), search);
        var folder = (string)((StackExchange.Redis.RedisResult[])(await redis.ExecuteAsync("CONFIG", "GET", "dir"))!)[1]!;
        var files = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
        output.WriteLine(string.Join(", ", files.Select(static file => $"{file.Name}: {file.Length} bytes")));
        Assert.Contains(files, static file => file.Name.EndsWith(".rdb", StringComparison.Ordinal) && file.Length > Calls * 100);
        Assert.Contains(files, static file => file.Name.Contains(".incr.aof", StringComparison.Ordinal) && file.Length > Calls * 100);
        foreach (var file in files)
        {
            search.SearchFile(file.FullName);
        }

        Assert.True(search.Found.Count == 0, search.Describe());
    }

    [GeneratedRegex("process_id:(?<id>\\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ProcessId();
}
