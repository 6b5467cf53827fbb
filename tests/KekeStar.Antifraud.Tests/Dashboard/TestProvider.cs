using System.Runtime.Versioning;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>
/// An identity provider on loopback: OpenIddict's server, with one client and one person, who agrees to everything. It insists on PKCE
/// and on the client's secret.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TestProvider : IAsyncDisposable
{
    private const string ClientId = "antifraud-dashboard";
    private const string Secret = "the client's own secret";

    private readonly WebApplication _application;
    private readonly DirectoryInfo _folder;

    private TestProvider(WebApplication application, DirectoryInfo folder)
    {
        _application = application;
        _folder = folder;
    }

    public string Address => _application.Urls.First();

    /// <summary>Who signs in.</summary>
    public string Name { get; set; } = "lin.mei";

    /// <summary>What the person's claim "groups" holds.</summary>
    public IReadOnlyList<string> Groups { get; set; } = [];

    /// <summary>What the last request for a sign-in brought.</summary>
    public OpenIddictRequest? Asked { get; private set; }

    public static async Task<TestProvider> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("antifraud-provider-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        TestProvider provider = null!;
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes(OpenIddictConstants.Scopes.Profile);
            server.EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(static handler => handler.UseInlineHandler(static context =>
            {
                if (context.ClientId != ClientId || context.RedirectUri?.EndsWith("/sign-in/company/callback", StringComparison.Ordinal) != true)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(static handler => handler.UseInlineHandler(static context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != Secret)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                provider.Asked = context.Request;
                context.Principal = provider.Person();
                return default;
            }));
        });
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.UseAuthentication();
        provider = new TestProvider(application, folder);
        await application.StartAsync();
        return provider;
    }

    /// <summary>Settings of a dashboard that people sign in to here.</summary>
    public string[] Settings()
    {
        var secret = Path.Combine(_folder.FullName, "secret");
        File.WriteAllText(secret, Secret);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return
        [
            $"--Antifraud:Dashboard:OpenIdConnect:Authority={Address}",
            $"--Antifraud:Dashboard:OpenIdConnect:ClientId={ClientId}",
            $"--Antifraud:Dashboard:OpenIdConnect:ClientSecretFile={secret}",
            "--Antifraud:Dashboard:OpenIdConnect:RoleClaim=groups",
            "--Antifraud:Dashboard:OpenIdConnect:Analysts=risk-team",
            "--Antifraud:Dashboard:OpenIdConnect:PrivacyOfficers=legal",
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private ClaimsPrincipal Person()
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.Subject, "subject-1"));
        identity.AddClaim(new Claim(OpenIddictConstants.Claims.PreferredUsername, Name));
        foreach (var group in Groups)
        {
            identity.AddClaim(new Claim("groups", group));
        }

        identity.SetDestinations(static _ => [OpenIddictConstants.Destinations.IdentityToken]);
        var person = new ClaimsPrincipal(identity);
        person.SetScopes(OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile);
        return person;
    }
}
