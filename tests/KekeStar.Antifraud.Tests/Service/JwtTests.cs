using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>Bearer tokens: who is let in and who is not.</summary>
public sealed class JwtTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private ServiceHost _host = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _host = await ServiceHost.StartAsync(
            "--Antifraud:Listen:Callers:Authentication=Jwt",
            $"--Antifraud:Listen:Callers:Authority={_issuer.Address}",
            $"--Antifraud:Listen:Callers:Audience={TestIssuer.Audience}");
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_good_token_is_let_in_and_none_an_expired_a_foreign_and_a_forged_one_are_not()
    {
        Assert.Equal(StatusCode.OK, await CallAsync(_issuer.Token()));
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(null));
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(_issuer.Token(isExpired: true)));
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(_issuer.Token(audience: "other")));
        await using var other = await TestIssuer.StartAsync();
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(other.Token()));
        Assert.DoesNotContain(_host.Log.Lines, line => line.Contains("eyJ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_JSON_and_metrics_need_a_token_and_health_does_not()
    {
        var lists = new Lists.ListsClient(_host.Channel);
        var request = new RemoveListEntryRequest { EntityKind = "account", Value = "a" };
        Assert.Equal(StatusCode.Unauthenticated, (await Requests.StatusOfAsync(() => lists.RemoveEntryAsync(request).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.OK, (await Requests.StatusOfAsync(() => lists.RemoveEntryAsync(request, Bearer(_issuer.Token())).ResponseAsync)).StatusCode);

        using var content = Requests.Json(Requests.Event(Requests.NewDevice(), "jwt"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Web.PostAsync("/v1/score", content)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Web.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.Web.GetAsync("/health/live")).StatusCode);
        var health = await new Health.HealthClient(_host.Channel).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    private static Metadata? Bearer(string? token) => token is null ? null : new Metadata { { "authorization", $"Bearer {token}" } };

    private async Task<StatusCode> CallAsync(string? token) => (await Requests.StatusOfAsync(
        () => _host.Client.ScoreAsync(Requests.Event(Requests.NewDevice(), "jwt"), Bearer(token)).ResponseAsync)).StatusCode;
}
