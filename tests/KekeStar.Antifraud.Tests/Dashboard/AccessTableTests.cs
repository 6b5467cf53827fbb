using System.Net;
using System.Runtime.Versioning;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Every endpoint and page of the running dashboard against the table, as every role and as nobody.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AccessTableTests : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private DashboardUnderTest _dashboard = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _dashboard = await DashboardUnderTest.StartAsync(_provider.Settings());
    }

    public async Task DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public void Every_endpoint_has_a_line_and_is_under_its_policy_and_no_other()
    {
        var wrong = Endpoints()
            .Where(static endpoint => AccessTable.OfRoute(endpoint.RoutePattern.RawText!) is not { } rule
                || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(static data => data.Policy).Distinct(StringComparer.Ordinal).SingleOrDefault() != rule.Policy)
            .Select(static endpoint => endpoint.DisplayName);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_page_has_a_line_and_every_line_has_a_page_or_an_endpoint()
    {
        var pages = typeof(AccessTable).Assembly.GetTypes().Where(static type => type.IsDefined(typeof(RouteAttribute), inherit: false)).ToList();
        Assert.DoesNotContain(pages, static page => AccessTable.OfPage(page) is null);

        var served = Endpoints().Select(static endpoint => AccessTable.OfRoute(endpoint.RoutePattern.RawText!)).ToHashSet();
        Assert.Empty(AccessTable.All.Where(rule => rule.Kind != AccessKind.Action && !served.Contains(rule)).Select(static rule => rule.Name));
        Assert.Equal(AccessTable.All.Count, AccessTable.All.Select(static rule => rule.Policy).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_table_lets_in_and_nobody_else()
    {
        var people = new List<(string Name, Roles Roles, bool MustChange, DashboardVisitor Visitor)> { ("nobody", Roles.None, false, _dashboard.Visitor()) };
        foreach (var role in RoleName.Each)
        {
            people.Add((RoleName.Of(role), role, false, await _dashboard.SignedInAsync(RoleName.Of(role), role)));
        }

        var first = _dashboard.Visitor();
        await first.SignInAsync(AccountBook.FirstName, _dashboard.FirstPassword);
        people.Add(("first", Roles.All, true, first));

        var wrong = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            foreach (var (name, roles, mustChange, visitor) in people)
            {
                var rule = AccessTable.OfRoute(endpoint.RoutePattern.RawText!)!;
                var person = name == "nobody" ? new() : Person.Make(name, roles, Person.Local, mustChange);
                var isLetIn = await IsLetInAsync(endpoint, visitor);
                if (isLetIn != rule.Allows(person))
                {
                    wrong.Add($"{endpoint.DisplayName} as {name}: {(isLetIn ? "let in" : "refused")}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.All(people, static person => person.Visitor.Dispose());
    }

    [Fact]
    public void Actions_go_by_the_table_too()
    {
        foreach (var rule in AccessTable.All.Where(static rule => rule.Kind == AccessKind.Action))
        {
            foreach (var role in RoleName.Each)
            {
                var person = Person.Make("p", role, Person.Local, mustChange: false);
                if (rule.Roles.HasFlag(role))
                {
                    rule.Demand(person);
                }
                else
                {
                    Assert.Throws<UnauthorizedAccessException>(() => rule.Demand(person));
                }

                Assert.Throws<UnauthorizedAccessException>(() => rule.Demand(Person.Make("p", Roles.All, Person.Local, mustChange: true)));
            }
        }
    }

    [Theory]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("/lists/", HttpStatusCode.Forbidden)]
    public async Task A_viewer_is_told_what_is_not_there_from_what_is_not_for_him(string path, HttpStatusCode expected)
    {
        using var viewer = await _dashboard.SignedInAsync("somebody", Roles.Viewer);
        using var answer = await viewer.Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<bool> IsLetInAsync(RouteEndpoint endpoint, DashboardVisitor visitor)
    {
        var path = endpoint.RoutePattern.RawText!.Replace("{code:int}", "404", StringComparison.Ordinal).Replace("{**path}", "dashboard.css", StringComparison.Ordinal);
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        var method = methods.Contains("GET", StringComparer.Ordinal) ? "GET" : methods[0];
        using var request = new HttpRequestMessage(new HttpMethod(method), "/" + path.TrimStart('/'));
        using var answer = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var target = DashboardVisitor.PathOf(answer);
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            && !target.StartsWith("/sign-in", StringComparison.Ordinal)
            && !target.StartsWith("/account/password", StringComparison.Ordinal);
    }

    private List<RouteEndpoint> Endpoints()
    {
        var endpoints = _dashboard.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.All(endpoints, static endpoint => Assert.IsType<RouteEndpoint>(endpoint));
        Assert.NotEmpty(endpoints);
        return [.. endpoints.Cast<RouteEndpoint>()];
    }
}
