using System.Security.Cryptography;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.Tests.Windows.Redis;
using KekeStar.Antifraud.V1;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Acceptance: after calls with a canary in every identifier field, no resident page of the service holds one.</summary>
[Collection(nameof(FaultCollection))]
public sealed class CanaryScanTests(ITestOutputHelper output) : IDisposable
{
    // Room for the two and a half million entities of the large run (the index is an eighth of the memory and takes some
    // 1.8 million keys in 4 MiB), and time for the store on a busy machine.
    private static readonly string[] Room =
    [
        "--Antifraud:Store:Embedded:MemoryBytes=268435456",
        "--Antifraud:Store:Embedded:MaxDiskBytes=8589934592",
        "--Antifraud:Gate:StoreTimeout=00:00:01",
        .. ResidentMemory.Settings,
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-canary-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_of_unsealed_calls_over_h2c_is_in_the_memory_of_the_service()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, Room);
        var search = await SendAndSearchAsync(service);
        Assert.True(search.Found.Count == 0, search.Describe());
    }

    [Fact]
    public async Task Nothing_of_sealed_calls_over_TLS_is_in_the_memory_of_the_service()
    {
        const uint KeyId = 7;
        var key = RandomNumberGenerator.GetBytes(SealedFormat.KeyLength);
        using var sealer = new IdentifierSealer(KeyId, key);
        using var certificates = new TestCertificates();
        await using var service = await ServiceProcess.StartAsync(
            _folder.FullName, certificates, [.. Room, $$"""--Antifraud:Sealing:Keys={"keys":[{"id":{{KeyId}},"key":"{{Convert.ToBase64String(key)}}"}]}"""]);
        var search = await SendAndSearchAsync(service, sealer);
        Assert.True(search.Found.Count == 0, search.Describe());
    }

    [Fact]
    public async Task How_much_of_unsealed_calls_stays_over_TLS_is_measured()
    {
        using var certificates = new TestCertificates();
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, certificates, Room);
        var search = await SendAndSearchAsync(service);
        output.WriteLine(search.Describe());
    }

    private async Task<CanarySearch> SendAndSearchAsync(ServiceProcess service, IdentifierSealer? sealer = null)
    {
        var traffic = new CanaryTraffic(service.Client, sealer);
        var started = TimeProvider.System.GetTimestamp();
        await traffic.SendAsync(0, CanaryTraffic.Calls);
        output.WriteLine($"replies degraded: [{string.Join(", ", traffic.Degraded)}]; sent after {TimeProvider.System.GetElapsedTime(started)}");
        Assert.Empty(traffic.Dropped);
        Assert.InRange(traffic.Degraded.Values.Sum(), 0, CanaryTraffic.Calls / 10);
        var search = new CanarySearch(0, CanaryTraffic.Calls);
        output.WriteLine($"prepared after {TimeProvider.System.GetElapsedTime(started)}");
        var resident = ResidentMemory.Search(service.Id, search);
        var canaries = search.Found.Select(static found => found.Canary).Distinct().Count();
        output.WriteLine($"searched after {TimeProvider.System.GetElapsedTime(started)}: {resident >> 20} MiB resident, {canaries} of {CanaryTraffic.Calls * Canary.Fields} canaries of {search.Found.Select(static found => found.Canary / Canary.Fields).Distinct().Count()} of {CanaryTraffic.Calls} calls");
        return search;
    }
}
