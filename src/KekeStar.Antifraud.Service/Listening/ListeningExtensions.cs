using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Service.Listening;

/// <summary>Registers ports, TLS and caller authentication.</summary>
internal static class ListeningExtensions
{
    /// <summary>Name of the policy that every call to the service is under.</summary>
    public const string CallersPolicy = "callers";

    /// <summary>Name of the policy that the service Privacy is under: for privacy officers, see <see cref="CallerOptions"/>.</summary>
    public const string PrivacyPolicy = "privacy";

    /// <summary>Name of the policy that the service Lists is under: for list editors, see <see cref="CallerOptions"/>.</summary>
    public const string ListsPolicy = "lists";

    /// <summary>Streams of one HTTP/2 connection at a time: a gateway keeps few connections and many calls on each.</summary>
    private const int MaxStreamsPerConnection = 1000;

    // Flag and length before a message (gRPC over HTTP/2, "Length-Prefixed-Message").
    private const int MessagePrefixBytes = 5;

    /// <summary>Opens the ports that the options name.</summary>
    public static void AddListening(this WebApplicationBuilder builder, ListenOptions options)
    {
        var grpc = ListenAddress.Parse(options.Grpc);
        var hasWeb = ListenAddress.TryParse(options.Web, out var web);
        builder.Services.AddSingleton<ListeningMetrics>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Intake.IntakeLimits.MaxBatchBytes + MessagePrefixBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
            kestrel.Listen(grpc.EndPoint, listen => Configure(listen, HttpProtocols.Http2, grpc, options));
            if (hasWeb)
            {
                kestrel.Listen(web.EndPoint, listen => Configure(listen, HttpProtocols.Http1, web, options));
            }
        });
        AddCallers(builder.Services, options.Callers);
    }

    /// <summary>
    /// Lets the callers in that the options name. Without tokens nothing is asked for each call: who has no certificate was turned
    /// away during the handshake, and loopback has none to show. To evaluate a policy that always agrees cost 2 % of the
    /// service's time (docs/decisions/0024).
    /// </summary>
    public static TBuilder RequireCaller<TBuilder>(this TBuilder endpoints, CallerOptions callers)
        where TBuilder : IEndpointConventionBuilder =>
        callers.Authentication == CallerAuthentication.Jwt ? endpoints.RequireAuthorization(CallersPolicy) : endpoints;

    /// <summary>Shows the service's own certificate, over TLS 1.2 and later.</summary>
    public static void Present(this HttpsConnectionAdapterOptions https, ListenOptions options)
    {
        https.ServerCertificate = X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.PrivateKeyFile!);

        // Sent along, so that callers who know the root alone can follow.
        https.ServerCertificateChain = [];
        https.ServerCertificateChain.ImportFromPemFile(options.CertificateFile!);
        https.SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
    }

    private static void AddCallers(IServiceCollection services, CallerOptions callers)
    {
        var isJwt = callers.Authentication == CallerAuthentication.Jwt;
        var roles = new CallerRoles(callers);
        services.AddSingleton(roles);
        services.AddAuthorization(authorization =>
        {
            // Without tokens, mutual TLS has turned strangers away during the handshake, and loopback has none.
            AddPolicy(authorization, CallersPolicy, isJwt, static _ => true);
            AddPolicy(authorization, PrivacyPolicy, isJwt, roles.IsPrivacyOfficer);
            AddPolicy(authorization, ListsPolicy, isJwt, roles.IsListEditor);
        });
        if (!isJwt)
        {
            services.AddSingleton<IAuthorizationMiddlewareResultHandler, PlainRefusals>();
        }
        else
        {
            services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt =>
            {
                jwt.Authority = callers.Authority;
                jwt.Audience = callers.Audience;
                jwt.MapInboundClaims = false;

                // An issuer on this machine may be plain; ListenOptionsCheck refuses any other without TLS.
                jwt.RequireHttpsMetadata = !new Uri(callers.Authority!).IsLoopback;
            });
        }
    }

    private static void AddPolicy(AuthorizationOptions authorization, string name, bool needsUser, Func<HttpContext, bool> isAllowed) =>
        authorization.AddPolicy(name, policy =>
        {
            if (needsUser)
            {
                policy.RequireAuthenticatedUser();
            }

            // Endpoint routing gives the request as the resource; anything else is nobody's call.
            policy.RequireAssertion(context => context.Resource is HttpContext http && isAllowed(http));
        });

    private static void Configure(
        Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen, HttpProtocols protocols, ListenAddress address, ListenOptions options)
    {
        listen.Protocols = protocols;
        if (!address.IsTls)
        {
            return;
        }

        listen.UseHttps(https =>
        {
            https.Present(options);
            var metrics = listen.ApplicationServices.GetRequiredService<ListeningMetrics>();
            metrics.Note("server", https.ServerCertificateChain!);
            if (options.Callers.Authentication == CallerAuthentication.MutualTls)
            {
                var callers = new CallerCertificates(options.Callers);
                metrics.Note("callers", callers.Authorities);
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = callers.IsAllowed;
            }
        });
    }
}
