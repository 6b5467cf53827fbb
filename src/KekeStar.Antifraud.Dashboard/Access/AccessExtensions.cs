using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Dashboard.Access;

/// <summary>Puts <see cref="AccessTable"/> in force.</summary>
internal static class AccessExtensions
{
    /// <summary>Name of the policy that lets nobody in.</summary>
    public const string NobodyPolicy = "nobody";

    /// <summary>Adds a policy for each rule. Whatever endpoint names none is refused.</summary>
    public static void AddAccess(this IServiceCollection services) => services.AddAuthorization(static authorization =>
    {
        var nobody = new AuthorizationPolicyBuilder().RequireAssertion(static _ => false).Build();
        authorization.DefaultPolicy = nobody;
        authorization.FallbackPolicy = nobody;
        authorization.AddPolicy(NobodyPolicy, nobody);
        foreach (var rule in AccessTable.All)
        {
            authorization.AddPolicy(rule.Policy, policy => policy.RequireAssertion(context => rule.Allows(context.User)));
        }
    });

    /// <summary>Gives endpoints the policy that the table has for their route.</summary>
    public static TBuilder RequireTable<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(static endpoint =>
        {
            var rule = endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } pattern } ? AccessTable.OfRoute(pattern) : null;
            endpoint.Metadata.Add(new AuthorizeAttribute(rule?.Policy ?? NobodyPolicy));
        });
        return endpoints;
    }
}
