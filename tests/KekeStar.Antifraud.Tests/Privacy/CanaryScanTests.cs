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
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-canary-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_of_unsealed_calls_over_h2c_is_in_the_memory_of_the_service()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName);
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
            _folder.FullName, certificates, $$"""--Antifraud:Sealing:Keys={"keys":[{"id":{{KeyId}},"key":"{{Convert.ToBase64String(key)}}"}]}""");
        var search = await SendAndSearchAsync(service, sealer);
        Assert.True(search.Found.Count == 0, search.Describe());
    }

    [Fact]
    public async Task How_much_of_unsealed_calls_stays_over_TLS_is_measured()
    {
        using var certificates = new TestCertificates();
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, certificates);
        var search = await SendAndSearchAsync(service);
        output.WriteLine(search.Describe());
    }

    private async Task<CanarySearch> SendAndSearchAsync(ServiceProcess service, IdentifierSealer? sealer = null)
    {
        var traffic = new CanaryTraffic(service.Client, sealer);
        var started = TimeProvider.System.GetTimestamp();
        await traffic.SendAsync(0, CanaryTraffic.Calls);
        output.WriteLine($"{traffic.Degraded} replies degraded; sent after {TimeProvider.System.GetElapsedTime(started)}");
        Assert.Empty(traffic.Dropped);
        var search = new CanarySearch(0, CanaryTraffic.Calls);
        output.WriteLine($"prepared after {TimeProvider.System.GetElapsedTime(started)}");
        var resident = ResidentMemory.Search(service.Id, search);
        var canaries = search.Found.Select(static found => found.Canary).Distinct().Count();
        output.WriteLine($"searched after {TimeProvider.System.GetElapsedTime(started)}: {resident >> 20} MiB resident, {canaries} of {CanaryTraffic.Calls * Canary.Fields} canaries of {search.Found.Select(static found => found.Canary / Canary.Fields).Distinct().Count()} of {CanaryTraffic.Calls} calls");
        return search;
    }
}
