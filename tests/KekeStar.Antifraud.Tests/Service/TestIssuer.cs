using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KekeStar.Antifraud.Tests.Service;

/// <summary>An issuer of bearer tokens on loopback: discovery document, keys, tokens.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "antifraud";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _application;

    private TestIssuer(WebApplication application) => _application = application;

    public string Address => _application.Urls.First();

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var issuer = new TestIssuer(application);
        application.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer.Address,
            ["jwks_uri"] = issuer.Address + "/keys",
        }));
        application.MapGet("/keys", () =>
        {
            var key = issuer._rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "1", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } },
            });
        });
        await application.StartAsync();
        return issuer;
    }

    /// <summary>A token signed with this issuer's key.</summary>
    public string Token(string audience = Audience, bool isExpired = false, Dictionary<string, object>? claims = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            Claims = claims,
            NotBefore = now.AddHours(-2),
            IssuedAt = now.AddHours(-2),
            Expires = isExpired ? now.AddHours(-1) : now.AddHours(1),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _rsa.Dispose();
    }
}
