using System.Globalization;
using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.Tests.Service.Privacy;
using KekeStar.Antifraud.V1;
using Microsoft.Extensions.DependencyInjection;

namespace KekeStar.Antifraud.Tests.Service.Archiving;

/// <summary>The archive in the whole service: what is scored over gRPC can be looked up, exported and erased.</summary>
public sealed class ArchivingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-archiving-");
    private ServiceHost _host = null!;

    private DecisionArchive Archive => _host.Services.GetRequiredService<DecisionArchive>();

    public async Task InitializeAsync() => _host = await ServiceHost.StartAsync(
        $"--Antifraud:Archive:Directory={Path.Combine(_folder.FullName, "archive")}", "--Antifraud:Archive:FlushInterval=00:00:01");

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_decision_is_found_again_with_what_was_answered()
    {
        var account = Requests.NewAccount();
        var request = Requests.Event(Requests.NewDevice(), account);
        var reply = await _host.ScoreAsync(request);

        var row = Assert.Single(await FindAsync(account, count: 1));

        Assert.Equal((int)reply.Score, row.Score);
        Assert.Equal(reply.Verdict.ToString(), row.Verdict, ignoreCase: true);
        Assert.Equal("login", row.Scene);
        Assert.Equal(
            reply.Reasons.Select(static reason => (reason.Rule, reason.Contribution)).OrderBy(static reason => reason.Rule, StringComparer.Ordinal),
            row.Rules.Zip(row.Contributions).OrderBy(static rule => rule.First, StringComparer.Ordinal));
        Assert.Equal(row.Score, row.Contributions.Sum(), 1e-6);
        Assert.Equal(Pseudonym(EntityKind.Event, request.EventId), row.Decision);
        var detail = (await Archive.GetAsync([row.Decision], row.Time, CancellationToken.None)).Value!;
        Assert.Contains(new DecisionFeature("account.events_1h", 1, AtLeast: false), detail.Features);
        Assert.Contains(detail.Entities, static entity => entity.Slot == "android_id");
    }

    [Fact]
    public async Task A_retry_is_recorded_once()
    {
        var account = Requests.NewAccount();
        var request = Requests.Event(Requests.NewDevice(), account);
        await _host.ScoreAsync(request);
        await _host.ScoreAsync(request);
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));

        Assert.Equal(2, (await FindAsync(account, count: 2)).Count);
    }

    [Fact]
    public async Task An_account_gets_its_decisions_in_its_export_and_they_go_with_its_erasure()
    {
        var (account, other) = (Requests.NewAccount(), Requests.NewAccount());
        var registration = Requests.Event(Requests.NewDevice(), "", Scene.Register);
        await _host.ScoreAsync(registration);
        await _host.Client.ReportAsync(new ReportRequest { EventId = registration.EventId, AccountId = account, Outcome = Outcome.RegistrationCompleted });
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), other));

        var decisions = (await _host.ExportAsync(account)).GetProperty("decisions");
        Assert.Equal(1, decisions.GetProperty("total").GetInt64());
        var decision = Assert.Single(decisions.GetProperty("rows").EnumerateArray());
        Assert.Equal("login", decision.GetProperty("scene").GetString());
        Assert.Equal(JsonValueKind.Array, decision.GetProperty("labels").ValueKind);

        await _host.EraseAsync(account);

        Assert.Equal(0, (await _host.ExportAsync(account)).GetProperty("decisions").GetProperty("total").GetInt64());
        Assert.Equal(1, (await _host.ExportAsync(other)).GetProperty("decisions").GetProperty("total").GetInt64());

        // And the registration, which came before the account had its name.
        Assert.Null((await Archive.GetAsync([Pseudonym(EntityKind.Event, registration.EventId)], at: null, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task After_an_erasure_over_gRPC_no_file_holds_the_accounts_pseudonym()
    {
        var (account, other, third) = (Requests.NewAccount(), Requests.NewAccount(), Requests.NewAccount());
        foreach (var mine in new[] { account, other, account, third })
        {
            await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), mine));
        }

        Assert.Equal(2, (await FindAsync(account, count: 2)).Count);
        Assert.Single(await FindAsync(third, count: 1));

        // An erasure of another account's rows leaves this one's in a file that was written anew, as merging does; then come new parts.
        await _host.EraseAsync(third);
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        Assert.Equal(3, (await FindAsync(account, count: 3)).Count);
        Assert.Equal(["merged", "part"], FilesWith(account).Select(static file => Path.GetFileName(file).Split('-')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        await _host.EraseAsync(account);

        Assert.Empty(FilesWith(account));
        Assert.Empty(await FindAsync(account, count: 0));
        Assert.Single(await FindAsync(other, count: 1));
        Assert.NotEmpty(FilesWith(other));
    }

    [Fact]
    public async Task A_withdrawal_takes_the_details_and_leaves_the_decision()
    {
        var account = Requests.NewAccount();
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), account));
        var before = Assert.Single(await FindAsync(account, count: 1));
        Assert.NotNull(before.Device);

        await _host.WithdrawAsync(account, ConsentCategory.DeviceIdentifiers);

        var after = (await Archive.GetAsync([before.Decision], at: null, CancellationToken.None)).Value!;
        Assert.Equal((before.Score, before.Verdict), (after.Row.Score, after.Row.Verdict));
        Assert.Null(after.Row.Device);
        Assert.Empty(after.Features);
        Assert.Empty(after.Entities);
    }

    [Fact]
    public async Task The_metrics_are_there_to_be_scraped()
    {
        await _host.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));
        var scraped = await _host.Web.GetStringAsync("/metrics");

        Assert.Contains("antifraud_records_queued", scraped, StringComparison.Ordinal);
        Assert.Contains("antifraud_archive_available", scraped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_directory_there_is_no_archive_and_no_queue()
    {
        await using var host = await ServiceHost.StartAsync("--Antifraud:Archive:Directory=");
        await host.ScoreAsync(Requests.Event(Requests.NewDevice(), Requests.NewAccount()));

        Assert.Null(host.Services.GetService<DecisionRecordQueue>());
        Assert.Null(host.Services.GetService<DecisionArchive>());
    }

    // Every file under any name, columns and blobs.
    private IEnumerable<string> FilesWith(string account)
    {
        var pseudonym = Pseudonym(EntityKind.Account, account);
        using var engine = new DuckDbEngine(threads: 1, 128L * 1024 * 1024);
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(_folder.FullName, "archive", "records"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(file => engine.Query(
                    string.Create(CultureInfo.InvariantCulture, $"""
                        SELECT count(*) FROM {DuckDbEngine.Read([file])}
                        WHERE account = {pseudonym} OR other_account = {pseudonym} OR contains(hex(entities), '{pseudonym:X16}')
                        """),
                    static reader => reader.GetInt64(0))[0] > 0),
        ];
    }

    private long Pseudonym(EntityKind kind, string value) => unchecked((long)_host.Services.GetRequiredService<KeyRing>().Epochs[0]
        .Pseudonymise(kind, Encoding.UTF8.GetBytes(value)).High);

    private async Task<IReadOnlyList<DecisionRow>> FindAsync(string account, int count)
    {
        var filter = new DecisionFilter
        {
            From = DateTimeOffset.UtcNow.AddHours(-1),
            To = DateTimeOffset.UtcNow.AddHours(1),
            Entities = [new EntityFilter(ArchiveEntity.Account, [Pseudonym(EntityKind.Account, account)])],
        };
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            var answer = await Archive.SearchAsync(filter, 10, after: null, CancellationToken.None);
            if (answer.Value.Rows.Count >= count || DateTime.UtcNow > until)
            {
                return answer.Value.Rows;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
