using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Service.Scoring;
using KekeStar.Antifraud.Service.Stores;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// The service's own hot path, from the bytes of a request to the bytes of the reply, under the shipped policy; over a
/// given store and with a clock of the test's own.
/// </summary>
internal sealed class PipelineUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services;
    private readonly ScoringPipeline _pipeline;
    private readonly ReportRequestParser _reports;
    private readonly OutcomeWriter _outcomes;
    private readonly ProtobufWriter _writer = new();

    public PipelineUnderTest(IWindowStore store, byte[]? masterKey = null, KeyRing? ring = null)
    {
        var options = new AntifraudOptions();
        options.Keys.MasterKey = Convert.ToBase64String(masterKey ?? [.. Enumerable.Range(0, KeyEpoch.MasterKeyLength).Select(number => (byte)(3 * number))]);
        options.Gate.StoreTimeout = TimeSpan.FromSeconds(5);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ListBook>();
        services.AddSingleton<ListJournal>();
        services.AddScoring(options);
        if (ring is not null)
        {
            services.AddSingleton(ring);
        }

        services.AddWindows(store, options.Gate);
        _services = services.BuildServiceProvider();
        _pipeline = _services.GetRequiredService<ScoringPipeline>();
        _reports = _services.GetRequiredService<ReportRequestParser>();
        _outcomes = _services.GetRequiredService<OutcomeWriter>();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    /// <summary>One of the service's own parts.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Scores an event at the clock's time; it must get a full answer.</summary>
    public Task<ScoreReply> ScoreAsync(ScoreRequest request) => ScoreAsync(request, Clock.GetUtcNow());

    /// <summary>Scores an event of any time; it must get a full answer.</summary>
    public async Task<ScoreReply> ScoreAsync(ScoreRequest request, DateTimeOffset time)
    {
        request.EventTime = Timestamp.FromDateTimeOffset(time);
        var call = ScoringCall.Rent();
        try
        {
            _pipeline.Parse(request.ToByteArray(), call);
            Assert.Equal(RequestError.None, call.Event.Error);
            await _pipeline.ScoreAsync(call, Budget);
            _writer.Clear();
            ScoreReplyEncoder.Write(call.Event, call.Features, call.Decision, _writer);
        }
        finally
        {
            call.Return();
        }

        var reply = ScoreReply.Parser.ParseFrom(_writer.Written);
        Assert.Empty(reply.Degraded);
        Assert.Null(reply.Error);
        return reply;
    }

    /// <summary>Reports how an event ended, at the clock's time.</summary>
    public async Task ReportAsync(ScoreRequest request, Outcome outcome)
    {
        var report = new ReportRequest
        {
            EventId = request.EventId,
            AccountId = request.AccountId,
            Outcome = outcome,
            OutcomeTime = Timestamp.FromDateTimeOffset(Clock.GetUtcNow()),
        };
        var parsed = _reports.Parse(report.ToByteArray());
        Assert.Equal(RequestError.None, parsed.Error);
        Assert.Equal(StoreStatus.Ok, (await _outcomes.WriteAsync(parsed, Budget)).Status);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
