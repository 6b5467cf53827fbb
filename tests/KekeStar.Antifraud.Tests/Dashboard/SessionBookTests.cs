using System.Security.Claims;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Sessions;
using KekeStar.Antifraud.Service.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class SessionBookTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SessionBook _book;

    public SessionBookTests() => _book = new SessionBook(new DashboardOptions { IdleTimeout = TimeSpan.FromMinutes(30), SessionLifetime = TimeSpan.FromHours(12) }, _time);

    [Fact]
    public async Task A_session_ends_when_nobody_touches_it()
    {
        var (key, handle) = await BeginAsync("lin");
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.True(_book.IsAlive(handle));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_book.IsAlive(handle));
        Assert.Null(await _book.RetrieveAsync(key));
        Assert.Equal(0, _book.Count);
    }

    [Fact]
    public async Task A_session_that_is_touched_all_the_time_ends_after_its_lifetime()
    {
        var (_, handle) = await BeginAsync("lin");
        for (var i = 0; i < (12 * 6) - 1; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            _book.Touch(handle);
            Assert.True(_book.IsAlive(handle));
        }

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(_book.IsAlive(handle));
    }

    [Theory]
    [InlineData("/lists", true)]
    [InlineData("/_blazor/negotiate", false)]
    [InlineData("/_blazor", false)]
    [InlineData("/assets/dashboard.css", false)]
    public async Task Opening_a_page_touches_a_session_and_what_comes_by_itself_does_not(string path, bool touches)
    {
        var (key, handle) = await BeginAsync("lin");
        _time.Advance(TimeSpan.FromMinutes(20));
        var http = new DefaultHttpContext();
        http.Request.Path = path;
        Assert.NotNull(await _book.RetrieveAsync(key, http, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(touches, _book.IsAlive(handle));
    }

    [Fact]
    public async Task All_sessions_of_an_account_end_but_the_one_excepted_and_others_go_on()
    {
        var (_, first) = await BeginAsync("lin");
        var (_, second) = await BeginAsync("lin");
        var (_, other) = await BeginAsync("chen");
        var (_, company) = await BeginAsync("lin", Person.Company);
        _book.EndAll("lin", second);

        Assert.Equal([false, true, true, true], new[] { first, second, other, company }.Select(_book.IsAlive));
    }

    [Fact]
    public async Task The_session_touched_longest_ago_makes_room_for_one_too_many()
    {
        var (_, first) = await BeginAsync("first");
        _time.Advance(TimeSpan.FromSeconds(1));
        var handles = new List<string>();
        for (var i = 0; i < SessionBook.MaxSessions; i++)
        {
            handles.Add((await BeginAsync("lin")).Handle);
        }

        Assert.False(_book.IsAlive(first));
        Assert.All(handles, handle => Assert.True(_book.IsAlive(handle)));
    }

    [Fact]
    public async Task A_handle_and_a_key_tell_nothing_of_each_other()
    {
        var (key, handle) = await BeginAsync("lin");
        Assert.Null(await _book.RetrieveAsync(handle));
        Assert.False(_book.IsAlive(key));
        Assert.Equal(43, key.Length);
    }

    private async Task<(string Key, string Handle)> BeginAsync(string name, string source = Person.Local)
    {
        var person = Person.Make(name, Roles.Viewer, source, mustChange: false);
        var handle = SessionBook.NewHandle();
        ((ClaimsIdentity)person.Identity!).AddClaim(new Claim(Person.SessionClaim, handle));
        return (await _book.StoreAsync(new AuthenticationTicket(person, SessionRegistration.Scheme)), handle);
    }
}
