using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Rights.Consents;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Service.Privacy;

/// <summary>The example of an export in docs/privacy.md is one.</summary>
public sealed partial class ExportDocumentTests
{
    private const string Account = "user-1";
    private const int TimeoutMilliseconds = 10_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_example_of_the_document_is_what_an_account_gets()
    {
        var path = RepositoryFiles.PathOf("docs/privacy.md");
        var expected = Encoding.UTF8.GetString((await ExportAsync()).Span).ReplaceLineEndings("\n");
        var document = await File.ReadAllTextAsync(path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            document = Example().Replace(document, _ => $"```json\n{expected}\n```\n");
            await File.WriteAllTextAsync(path, document);
        }

        Assert.Equal(expected, Example().Match(document).Groups["json"].Value);
    }

    // An account with a login that failed, a deny entry, a withdrawal and nothing else, under a key of the test's own.
    private static async Task<ReadOnlyMemory<byte>> ExportAsync()
    {
        var clock = new FakeTimeProvider(Now);
        await using var store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 64L << 20 });
        var options = new AntifraudOptions();
        options.Keys.MasterKey = Convert.ToBase64String([.. Enumerable.Range(0, KeyEpoch.MasterKeyLength).Select(static number => (byte)number)]);
        options.Gate.StoreTimeout = Patience.Limit;
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<ListBook>();
        services.AddSingleton<ListJournal>();
        services.AddScoring(options);
        services.AddWindows(store, options.Gate);
        await using var provider = services.BuildServiceProvider();
        var epoch = provider.GetRequiredService<KeyRing>().Epochs[0];
        AccountSubject[] subjects = [new(epoch, epoch.Pseudonymise(EntityKind.Account, Encoding.UTF8.GetBytes(Account)))];

        await ScoreAsync(provider);
        clock.Advance(TimeSpan.FromSeconds(2));
        await ReportAsync(provider, clock);
        var entry = new ListEntry(epoch.Number, EntityKind.Account, subjects[0].Account, ListKind.Deny, (Now + TimeSpan.FromDays(1)).ToUnixTimeMilliseconds());
        Assert.Equal(ListChange.Done, await provider.GetRequiredService<ListJournal>().PutAsync(entry, CancellationToken.None));
        await provider.GetRequiredService<ConsentJournal>().SetAsync(
            subjects, ConsentMarker.MotionWithdrawn, clock.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(5));
        var (document, status) = await provider.GetRequiredService<AccountExport>().WriteAsync(subjects);
        Assert.Equal(StoreStatus.Ok, status);
        return document;
    }

    private static async Task ScoreAsync(ServiceProvider services)
    {
        var login = new ScoreRequest
        {
            EventId = "login-1",
            EventTime = Timestamp.FromDateTimeOffset(Now),
            Scene = Scene.Login,
            AccountId = Account,
            ClientIp = "203.0.113.7",
            Consent = new Consent { Granted = { ConsentCategory.DeviceIdentifiers } },
            Device = new DeviceSignals { AndroidId = "8f3c2b1a9d7e6f50" },
        };
        var pipeline = services.GetRequiredService<ScoringPipeline>();
        var call = ScoringCall.Rent();
        pipeline.Parse(login.ToByteArray(), call);
        Assert.Equal(RequestError.None, call.Event.Error);
        await pipeline.ScoreAsync(call, Patience.Limit);
        Assert.Equal(StoreStatus.Ok, call.Counts.Status);
        call.Return();
    }

    private static async Task ReportAsync(ServiceProvider services, FakeTimeProvider clock)
    {
        var report = new ReportRequest
        {
            EventId = "login-1",
            AccountId = Account,
            Outcome = Outcome.LoginFailed,
            OutcomeTime = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
        };
        var parsed = services.GetRequiredService<ReportRequestParser>().Parse(report.ToByteArray());
        Assert.True((await services.GetRequiredService<OutcomeWriter>().WriteAsync(parsed, Patience.Limit)).IsEventFound);
    }

    [GeneratedRegex("```json\n(?<json>.*?)\n```\n", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Example();
}
