using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Mutual TLS: who is let in and who is not.</summary>
public sealed class MutualTlsTests : IAsyncLifetime, IDisposable
{
    private readonly TestCertificates _certificates = new();
    private ServiceHost _host = null!;

    public async Task InitializeAsync() => _host = await ServiceHost.StartAsync(
        "--Antifraud:Listen:Grpc=https://*:0",
        "--Antifraud:Listen:Web=",
        $"--Antifraud:Listen:CertificateFile={_certificates.ServerFile}",
        $"--Antifraud:Listen:PrivateKeyFile={_certificates.ServerKeyFile}",
        "--Antifraud:Listen:Callers:Authentication=MutualTls",
        $"--Antifraud:Listen:Callers:CertificateAuthorityFile={_certificates.RootFile}",
        "--Antifraud:Listen:Callers:AllowedNames:0=gateway.example",
        "--Antifraud:Listen:Callers:AllowedNames:1=spiffe://example/gateway");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task An_allowed_DNS_name_is_let_in() =>
        Assert.Equal(StatusCode.OK, await CallAsync(_certificates.Client(names => names.AddDnsName("gateway.example"))));

    [Fact]
    public async Task An_allowed_URI_is_let_in() =>
        Assert.Equal(StatusCode.OK, await CallAsync(_certificates.Client(names => names.AddUri(new Uri("spiffe://example/gateway")))));

    [Fact]
    public async Task A_name_that_is_not_on_the_list_is_not() =>
        Assert.NotEqual(StatusCode.OK, await CallAsync(_certificates.Client(names => names.AddDnsName("gateway.example.evil.example"))));

    [Fact]
    public async Task The_subject_is_no_alternative_name() =>
        Assert.NotEqual(StatusCode.OK, await CallAsync(_certificates.Client(names => names.AddDnsName("other.example"), subject: "CN=gateway.example")));

    [Fact]
    public async Task An_allowed_name_of_another_authority_is_not()
    {
        using var others = new TestCertificates();
        Assert.NotEqual(StatusCode.OK, await CallAsync(others.Client(names => names.AddDnsName("gateway.example"))));
    }

    [Fact]
    public async Task An_expired_certificate_is_not() =>
        Assert.NotEqual(StatusCode.OK, await CallAsync(_certificates.Client(names => names.AddDnsName("gateway.example"), isExpired: true)));

    [Fact]
    public async Task A_certificate_for_servers_is_not() =>
        Assert.NotEqual(StatusCode.OK, await CallAsync(_certificates.ServerOnly(names => names.AddDnsName("gateway.example"))));

    [Fact]
    public async Task No_certificate_is_not() => Assert.NotEqual(StatusCode.OK, await CallAsync(null));

    private async Task<StatusCode> CallAsync(X509Certificate2? certificate)
    {
        using (certificate)
        {
            using var channel = ServiceHost.Connect(new Uri($"https://127.0.0.1:{_host.Grpc.Port}"), handler => _certificates.Present(handler, certificate));
            var status = await Requests.StatusOfAsync(
                () => new V1.Antifraud.AntifraudClient(channel).ScoreAsync(Requests.Event(Requests.NewDevice(), "tls", Scene.Login)).ResponseAsync);
            return status.StatusCode;
        }
    }
}
