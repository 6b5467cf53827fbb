using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>
/// Gives calls the application's own services instead of a scope of their own. gRPC asks each call for its services, and ASP.NET
/// Core then makes a scope with its dictionary; what scores is a singleton and needs nothing of one (docs/decisions/0024).
/// </summary>
internal sealed class SharedServices(IServiceProvider services) : IServiceProvidersFeature
{
    /// <inheritdoc />
    public IServiceProvider RequestServices
    {
        get => services;
        set => throw new NotSupportedException("These services are shared by all calls.");
    }

    /// <summary>Runs an endpoint with these services.</summary>
    public void Wrap(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            http.Features.Set<IServiceProvidersFeature>(this);
            return next(http);
        };
    }
}
