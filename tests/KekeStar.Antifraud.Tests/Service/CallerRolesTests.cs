using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using KekeStar.Antifraud.Audit;
using KekeStar.Antifraud.Service.Listening;
using KekeStar.Antifraud.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Who may use the services Privacy and Lists, and under what name callers stand in the audit log.</summary>
public sealed class CallerRolesTests
{
    private const string Officer = "spiffe://example/privacy";
    private const string Editor = "risk.example";
    private const string Gateway = "gateway.example";
    private const string ProbePath = "/probe";

    private static readonly RemoveListEntryRequest Removal = new() { EntityKind = "account", Value = "a" };

    [Fact]
    public async Task With_certificates_a_role_is_held_by_the_names_that_are_given_it()
    {
        using var certificates = new TestCertificates();
        await using var host = await StartAsync(certificates, $"--Antifraud:Listen:Callers:PrivacyOfficers={Officer}", $"--Antifraud:Listen:Callers:ListEditors={Editor}");

        using var officer = certificates.Client(names => names.AddUri(new Uri(Officer)));
        Assert.Equal((HttpStatusCode.OK, Officer), await ProbeAsync(host, certificates, officer));
        Assert.Equal(StatusCode.PermissionDenied, await RemoveAsync(host, certificates, officer));

        using var editor = certificates.Client(names => names.AddDnsName(Editor));
        Assert.Equal(HttpStatusCode.Forbidden, (await ProbeAsync(host, certificates, editor)).Status);
        Assert.Equal(StatusCode.OK, await RemoveAsync(host, certificates, editor));
        Assert.Equal(Editor, AuditVerifier.Verify(host.Audit).Last!.Caller);

        using var gateway = certificates.Client(names => names.AddDnsName(Gateway));
        Assert.Equal(HttpStatusCode.Forbidden, (await ProbeAsync(host, certificates, gateway)).Status);
        Assert.Equal(StatusCode.PermissionDenied, await RemoveAsync(host, certificates, gateway));
    }

    [Fact]
    public async Task A_certificate_of_many_names_goes_by_the_allowed_one_that_has_a_role()
    {
        using var certificates = new TestCertificates();
        await using var host = await StartAsync(certificates, $"--Antifraud:Listen:Callers:PrivacyOfficers={Officer}");
        using var both = certificates.Client(names =>
        {
            names.AddDnsName("unknown.example");
            names.AddDnsName(Gateway);
            names.AddUri(new Uri(Officer));
        });

        Assert.Equal((HttpStatusCode.OK, Officer), await ProbeAsync(host, certificates, both));
    }

    [Fact]
    public async Task With_certificates_and_nobody_named_nobody_reaches_Privacy_and_all_reach_Lists()
    {
        using var certificates = new TestCertificates();
        await using var host = await StartAsync(certificates);
        foreach (var name in new[] { Gateway, Editor })
        {
            using var caller = certificates.Client(names => names.AddDnsName(name));
            Assert.Equal(HttpStatusCode.Forbidden, (await ProbeAsync(host, certificates, caller)).Status);
            Assert.Equal(StatusCode.OK, await RemoveAsync(host, certificates, caller));
        }
    }

    [Fact]
    public async Task With_tokens_a_role_is_a_scope()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var host = await StartAsync(issuer, "--Antifraud:Listen:Callers:ListScope=lists");

        Assert.Equal((HttpStatusCode.OK, "officer-7"), await ProbeAsync(host, issuer.Token(claims: Claims("officer-7", "openid antifraud.privacy"))));
        Assert.Equal((HttpStatusCode.OK, "officer-8"), await ProbeAsync(host, issuer.Token(claims: Claims("officer-8", new List<string> { "openid", "antifraud.privacy" }))));
        Assert.Equal(HttpStatusCode.Forbidden, (await ProbeAsync(host, issuer.Token(claims: Claims("gateway", "openid antifraud.privacy2")))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ProbeAsync(host, issuer.Token())).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ProbeAsync(host, null)).Status);

        var lists = new Lists.ListsClient(host.Channel);
        Assert.Equal(StatusCode.PermissionDenied, (await Requests.StatusOfAsync(() => lists.RemoveEntryAsync(Removal, Bearer(issuer.Token())).ResponseAsync)).StatusCode);
        await lists.RemoveEntryAsync(Removal, Bearer(issuer.Token(claims: Claims("editor \"7\"", "lists"))));
        Assert.Equal("editor%20%227%22", AuditVerifier.Verify(host.Audit).Last!.Caller);
    }

    [Fact]
    public async Task A_token_without_a_subject_goes_by_its_client_and_an_empty_scope_gives_nobody_the_role()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using (var host = await StartAsync(issuer))
        {
            var client = new Dictionary<string, object>(StringComparer.Ordinal) { ["client_id"] = "tool", ["scope"] = "antifraud.privacy" };
            Assert.Equal((HttpStatusCode.OK, "tool"), await ProbeAsync(host, issuer.Token(claims: client)));
        }

        await using var closed = await StartAsync(issuer, "--Antifraud:Listen:Callers:PrivacyScope=");
        Assert.Equal(HttpStatusCode.Forbidden, (await ProbeAsync(closed, issuer.Token(claims: Claims("officer", "antifraud.privacy ")))).Status);
    }

    [Fact]
    public async Task On_loopback_without_authentication_everybody_may()
    {
        await using var host = await ServiceHost.StartAsync(MapProbe);

        Assert.Equal((HttpStatusCode.OK, "loopback"), await ProbeAsync(host, null));
    }

    [Theory]
    [InlineData(null, "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData("spiffe://example/a?b=c", "spiffe://example/a?b=c")]
    [InlineData("50%", "50%25")]
    [InlineData("账", "%E8%B4%A6")]
    [InlineData("a\n\"\\", "a%0A%22%5C")]
    public void A_name_is_escaped_so_that_the_audit_log_takes_it(string? name, string escaped)
    {
        Assert.Equal(escaped, CallerRoles.Escape(name));
        Assert.True(AuditSyntax.IsCaller(CallerRoles.Escape(name + new string('账', 300))));
    }

    private static Task<ServiceHost> StartAsync(TestCertificates certificates, params string[] settings) => ServiceHost.StartAsync(
        MapProbe,
        [
            "--Antifraud:Listen:Grpc=https://*:0",
            "--Antifraud:Listen:Web=",
            $"--Antifraud:Listen:CertificateFile={certificates.ServerFile}",
            $"--Antifraud:Listen:PrivateKeyFile={certificates.ServerKeyFile}",
            "--Antifraud:Listen:Callers:Authentication=MutualTls",
            $"--Antifraud:Listen:Callers:CertificateAuthorityFile={certificates.RootFile}",
            $"--Antifraud:Listen:Callers:AllowedNames={Gateway},{Editor},{Officer}",
            .. settings,
        ]);

    private static Task<ServiceHost> StartAsync(TestIssuer issuer, params string[] settings) => ServiceHost.StartAsync(
        MapProbe,
        [
            "--Antifraud:Listen:Callers:Authentication=Jwt",
            $"--Antifraud:Listen:Callers:Authority={issuer.Address}",
            $"--Antifraud:Listen:Callers:Audience={TestIssuer.Audience}",
            .. settings,
        ]);

    // Says under what name the caller is known, to whom the service Privacy would answer.
    private static void MapProbe(WebApplication application) => application
        .MapGet(ProbePath, static (HttpContext http, CallerRoles roles) => roles.NameOf(http))
        .RequireAuthorization(ListeningExtensions.PrivacyPolicy);

    private static async Task<(HttpStatusCode Status, string Name)> ProbeAsync(ServiceHost host, TestCertificates certificates, X509Certificate2 certificate)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        certificates.Present(handler, certificate);
        using var client = new HttpClient(handler);
        return await ProbeAsync(client, new Uri($"https://127.0.0.1:{host.Grpc.Port}{ProbePath}"), HttpVersion.Version20, token: null);
    }

    private static Task<(HttpStatusCode Status, string Name)> ProbeAsync(ServiceHost host, string? token) =>
        ProbeAsync(host.Web, new Uri(ProbePath, UriKind.Relative), HttpVersion.Version11, token);

    private static async Task<(HttpStatusCode Status, string Name)> ProbeAsync(HttpClient client, Uri address, Version version, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<StatusCode> RemoveAsync(ServiceHost host, TestCertificates certificates, X509Certificate2 certificate)
    {
        using var channel = ServiceHost.Connect(new Uri($"https://127.0.0.1:{host.Grpc.Port}"), handler => certificates.Present(handler, certificate));
        return (await Requests.StatusOfAsync(() => new Lists.ListsClient(channel).RemoveEntryAsync(Removal).ResponseAsync)).StatusCode;
    }

    private static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static Dictionary<string, object> Claims(string subject, object scope) => new(StringComparer.Ordinal) { ["sub"] = subject, ["scope"] = scope };
}
