using Grpc.Core;
using Grpc.Net.Client;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>Who may use the service Privacy.</summary>
public sealed class PrivacyCallerTests
{
    private const string Officer = "spiffe://example/privacy";
    private const string Gateway = "gateway.example";

    [Fact]
    public async Task With_certificates_privacy_officers_alone_may_and_stand_in_the_audit_log_by_name()
    {
        using var certificates = new TestCertificates();
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Listen:Grpc=https://*:0",
            "--Antifraud:Listen:Web=",
            $"--Antifraud:Listen:CertificateFile={certificates.ServerFile}",
            $"--Antifraud:Listen:PrivateKeyFile={certificates.ServerKeyFile}",
            "--Antifraud:Listen:Callers:Authentication=MutualTls",
            $"--Antifraud:Listen:Callers:CertificateAuthorityFile={certificates.RootFile}",
            $"--Antifraud:Listen:Callers:AllowedNames={Gateway},{Officer}",
            $"--Antifraud:Listen:Callers:PrivacyOfficers={Officer}");
        var address = new Uri($"https://127.0.0.1:{host.Grpc.Port}");

        using var gateway = certificates.Client(names => names.AddDnsName(Gateway));
        using var channel = ServiceHost.Connect(address, handler => certificates.Present(handler, gateway));
        await AssertDeniedAsync(StatusCode.PermissionDenied, channel, headers: null);
        Assert.DoesNotContain("account", host.AuditText(), StringComparison.Ordinal);

        using var officer = certificates.Client(names => names.AddUri(new Uri(Officer)));
        using var allowed = ServiceHost.Connect(address, handler => certificates.Present(handler, officer));
        await new V1.Privacy.PrivacyClient(allowed).CorrectOutcomeAsync(Correction);
        Assert.All(host.AuditLines("correct_outcome"), static line => Assert.Equal(Officer, line.Caller));
    }

    [Fact]
    public async Task With_tokens_the_scope_decides()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var host = await ServiceHost.StartAsync(
            "--Antifraud:Listen:Callers:Authentication=Jwt",
            $"--Antifraud:Listen:Callers:Authority={issuer.Address}",
            $"--Antifraud:Listen:Callers:Audience={TestIssuer.Audience}");

        await AssertDeniedAsync(StatusCode.Unauthenticated, host.Channel, headers: null);
        await AssertDeniedAsync(StatusCode.PermissionDenied, host.Channel, Bearer(issuer.Token(claims: Claims("openid"))));
        Assert.DoesNotContain("account", host.AuditText(), StringComparison.Ordinal);

        await host.Privacy().CorrectOutcomeAsync(Correction, Bearer(issuer.Token(claims: Claims("openid antifraud.privacy"))));
        Assert.All(host.AuditLines("correct_outcome"), static line => Assert.Equal("officer-7", line.Caller));
    }

    private static CorrectOutcomeRequest Correction => new() { EventId = "e", Outcome = Outcome.Missed, Purpose = RightsCalls.Purpose };

    private static async Task AssertDeniedAsync(StatusCode expected, GrpcChannel channel, Metadata? headers)
    {
        var client = new V1.Privacy.PrivacyClient(channel);
        Func<Task>[] calls =
        [
            () => client.EraseAccountAsync(new EraseAccountRequest { AccountId = "a", Purpose = "p" }, headers).ResponseAsync,
            () => client.ExportAccount(new ExportAccountRequest { AccountId = "a", Purpose = "p" }, headers).ResponseStream.MoveNext(CancellationToken.None),
            () => client.WithdrawConsentAsync(new WithdrawConsentRequest { AccountId = "a", Purpose = "p", Categories = { ConsentCategory.Sim } }, headers).ResponseAsync,
            () => client.CorrectOutcomeAsync(Correction, headers).ResponseAsync,
            () => client.GetKeyStatusAsync(new GetKeyStatusRequest(), headers).ResponseAsync,
        ];
        foreach (var call in calls)
        {
            Assert.Equal(expected, (await Requests.StatusOfAsync(call)).StatusCode);
        }
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static Dictionary<string, object> Claims(string scope) => new(StringComparer.Ordinal) { ["sub"] = "officer-7", ["scope"] = scope };
}
