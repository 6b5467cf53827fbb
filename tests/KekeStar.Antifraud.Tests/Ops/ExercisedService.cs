using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Grpc.Core;
using Grpc.Net.Client;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>
/// A service to which everything has happened that a metric tells of: TLS, tokens, an embedded store on disk with a checkpoint
/// and a compaction, an archive, a Kafka that is away, a key ring in the middle of its life, and callers that were turned away.
/// </summary>
public sealed class ExercisedService : IAsyncLifetime, IAsyncDisposable
{
    private static readonly string[] FailedHandshake = ["kestrel_connection_duration_seconds", "kestrel_tls_handshake_duration_seconds"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-ops-");
    private readonly TestCertificates _certificates = new();
    private TestIssuer _issuer = null!;
    private ServiceHost _host = null!;
    private HttpClient _web = null!;

    /// <summary>The address of /metrics.</summary>
    public Uri Metrics => new(_web.BaseAddress!, "/metrics");

    /// <summary>Who signed the service's certificate.</summary>
    public string AuthorityFile => _certificates.RootFile;

    /// <summary>A token that the service takes.</summary>
    public string Token => _issuer.Token();

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _host = await ServiceHost.StartAsync(
            "--Antifraud:Listen:Grpc=https://127.0.0.1:0",
            "--Antifraud:Listen:Web=https://127.0.0.1:0",
            $"--Antifraud:Listen:CertificateFile={_certificates.ServerFile}",
            $"--Antifraud:Listen:PrivateKeyFile={_certificates.ServerKeyFile}",
            "--Antifraud:Listen:Callers:Authentication=Jwt",
            $"--Antifraud:Listen:Callers:Authority={_issuer.Address}",
            $"--Antifraud:Listen:Callers:Audience={TestIssuer.Audience}",
            "--Antifraud:Keys:MasterKey=",
            $"--Antifraud:Keys:Ring={KeyRing()}",
            "--Antifraud:Store:Kind=Embedded",
            $"--Antifraud:Store:Embedded:DataDirectory={Path.Combine(_folder.FullName, "store")}",
            $"--Antifraud:Archive:Directory={Path.Combine(_folder.FullName, "archive")}",

            // Nobody listens there, and nobody waits for it.
            "--Antifraud:Kafka:BootstrapServers=127.0.0.1:1",
            "--Antifraud:Kafka:DeliveryTime=00:00:01",
            "--Antifraud:Kafka:ErasureIsMine=true");
        var web = new SocketsHttpHandler { UseProxy = false };
        _certificates.Trust(web);
        _web = new HttpClient(web) { BaseAddress = _host.Web.BaseAddress };
        _web.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await ExerciseAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What /metrics answers.</summary>
    public Task<string> ScrapeAsync() => _web.GetStringAsync(Metrics);

    private async Task ExerciseAsync()
    {
        var bearer = new Metadata { { "authorization", $"Bearer {Token}" } };
        using (var channel = ServiceHost.Connect(_host.Grpc, _certificates.Trust))
        {
            await ScoreAsync(channel, bearer);
        }

        var store = (GarnetWindowStore)_host.Services.GetRequiredService<IWindowStore>();
        store.Maintenance.Checkpoint();
        store.Maintenance.CompactOldest();
        var now = TimeProvider.System.GetUtcNow();
        await _host.Services.GetRequiredService<DecisionArchive>().RuleHitsAsync(now.AddHours(-1), now, CancellationToken.None);
        await Patience.UntilAsync(async () => (await ScrapeAsync()).Contains("antifraud_kafka_records_delivered_total", StringComparison.Ordinal));
        GC.Collect();

        // A caller that knows nothing of TLS: a handshake that fails.
        using var plain = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync(new UriBuilder(Metrics) { Scheme = "http" }.Uri));

        // Its end is measured after the caller has seen it.
        await Patience.UntilAsync(async () =>
        {
            var lines = (await ScrapeAsync()).Split('\n');
            return FailedHandshake.All(name => Array.Exists(lines, line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains("error_type", StringComparison.Ordinal)));
        });
    }

    private static async Task ScoreAsync(GrpcChannel channel, Metadata bearer)
    {
        var client = new V1.Antifraud.AntifraudClient(channel);
        await client.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()), bearer);
        var noScene = Requests.Event(Requests.NewDevice(), Requests.NewAccount(), Scene.Unspecified);
        Assert.Equal(StatusCode.InvalidArgument, (await Requests.StatusOfAsync(() => client.ScoreAsync(noScene, bearer).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.Unauthenticated, (await Requests.StatusOfAsync(() => client.ScoreAsync(noScene).ResponseAsync)).StatusCode);
    }

    // One epoch expired, one current for some weeks, one planned.
    private static string KeyRing()
    {
        var now = TimeProvider.System.GetUtcNow();
        string Epoch(int number, DateTimeOffset? begins) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"epoch": {{number}}, "key": "{{Convert.ToBase64String(SHA256.HashData([(byte)number]))}}"{{(begins is { } at ? $", \"begins\": \"{at:yyyy-MM-ddTHH:mm:ssZ}\"" : "")}}}""");
        return $$"""{"epochs": [{{Epoch(1, null)}}, {{Epoch(2, now.AddDays(-60))}}, {{Epoch(3, now.AddDays(5))}}]}""";
    }
}

// After all others: a provider listens to every meter of the process, those of other tests too, and takes 1,000 streams at most.
[CollectionDefinition(nameof(OpsCollection), DisableParallelization = true)]
public sealed class OpsCollection : ICollectionFixture<ExercisedService>;
