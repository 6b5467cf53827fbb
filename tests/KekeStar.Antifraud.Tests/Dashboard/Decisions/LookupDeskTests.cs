using System.Text;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Auditing;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Dashboard.Lists;
using KekeStar.Antifraud.Tests.Service;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Dashboard.Decisions;

/// <summary>Decisions that are looked for by what somebody types in.</summary>
public sealed class LookupDeskTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-lookup-");
    private DashboardUnderTest _dashboard = null!;
    private AsyncServiceScope _scope;

    private LookupDesk Desk => _scope.ServiceProvider.GetRequiredService<LookupDesk>();

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardUnderTest.StartAsync(GangTraffic.Settings(_folder.FullName));
        _scope = _dashboard.Services.CreateAsyncScope();
    }

    public async Task DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _dashboard.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Account_device_identifier_and_event_lead_to_the_decision_and_stand_in_the_audit_log_without_it()
    {
        var request = Requests.Event(Requests.NewDevice(), Requests.NewAccount());
        await _dashboard.Host.Client.ScoreAsync(request);

        await FoundAsync("account", request.AccountId, static ids => new DecisionSearch { Entities = [new EntityFilter(ArchiveEntity.Account, ids)] });
        await FoundAsync("ip", request.ClientIp, static ids => new DecisionSearch { Entities = [new EntityFilter(ArchiveEntity.Ip, ids)] });
        await FoundAsync("android_id", request.Device.AndroidId, static ids => new DecisionSearch { Identifiers = ids });
        await FoundAsync(LookupDesk.Event, request.EventId, static ids => new DecisionSearch { Decisions = ids });

        var lines = _scope.ServiceProvider.GetRequiredService<AuditPages>().Read(new AuditQuery("decision_lookup", ""), 0).Lines;
        Assert.Equal(["event", "android_id", "ip", "account"], lines.Select(static line => line.Details.Values.Single().Value.Trim('"')), StringComparer.Ordinal);
        Assert.All(lines, static line => Assert.Equal(("dashboard:analyst", "complaint"), (line.Caller, line.Purpose)));
        string[] raw = [request.AccountId, request.Device.AndroidId, request.EventId];
        Assert.DoesNotContain(_dashboard.Log.Lines, logged => raw.Any(value => logged.Contains(value, StringComparison.Ordinal)));
        Assert.DoesNotContain(Directory.EnumerateFiles(_dashboard.Host.Audit, "*.jsonl").Select(File.ReadAllText), text => raw.Any(value => text.Contains(value, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("imei", "12", "complaint", nameof(DeskResult.BadValue))]
    [InlineData("event", "", "complaint", nameof(DeskResult.BadValue))]
    [InlineData("imei", "000000000000000", "complaint", nameof(DeskResult.SharedValue))]
    [InlineData("account", "somebody", "Because I am curious", nameof(DeskResult.BadPurpose))]
    public async Task What_is_no_identifier_or_no_purpose_is_refused_and_wiped(string kind, string value, string purpose, string expected)
    {
        var typed = Encoding.UTF8.GetBytes(value);
        var found = await Desk.FindAsync(Of(Roles.Analyst), kind, typed, purpose);

        Assert.Equal((expected, 0), (found.Result.ToString(), found.Ids.Count));
        Assert.All(typed, static part => Assert.Equal(0, part));
    }

    [Fact]
    public async Task Nobody_else_looks_identifiers_up() =>
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Desk.FindAsync(Of(Roles.All & ~(Roles.Analyst | Roles.PrivacyOfficer)), "account", "a"u8.ToArray(), "test"));

    private static System.Security.Claims.ClaimsPrincipal Of(Roles roles) => Person.Make("analyst", roles, Person.Local, mustChange: false);

    private async Task FoundAsync(string kind, string value, Func<IReadOnlyList<long>, DecisionSearch> search)
    {
        var typed = Encoding.UTF8.GetBytes(value);
        var found = await Desk.FindAsync(Of(Roles.Analyst), kind, typed, "complaint");
        Assert.Equal(DeskResult.Done, found.Result);
        Assert.All(typed, static part => Assert.Equal(0, part));

        var archive = _dashboard.Host.Services.GetRequiredService<DecisionArchive>();
        var since = System.Diagnostics.Stopwatch.StartNew();
        IReadOnlyList<DecisionRow> rows;
        do
        {
            rows = (await archive.SearchAsync(search(found.Ids).ToFilter(TimeProvider.System.GetUtcNow().AddMinutes(1)), 10, after: null, CancellationToken.None)).Value.Rows;
            await Task.Delay(50);
        }
        while (rows.Count == 0 && since.Elapsed < TimeSpan.FromSeconds(30));
        Assert.Single(rows);
    }
}
