using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Service.Hosting;
using KekeStar.Antifraud.Simulation.Replaying;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>
/// The service's own hot path, from the bytes of a request to the bytes of the reply, under the shipped policy unless the test gives one; over a
/// given store and with a clock of the test's own.
/// </summary>
internal sealed class PipelineUnderTest : IAsyncDisposable
{
    // Compiling it takes longer than most tests.
    private static readonly Lazy<PolicySource> ShippedPolicy = new(() => new PolicySource(new PolicyOptions(), TimeProvider.System, NullLogger<PolicySource>.Instance));

    private readonly ServiceProvider _services;
    private readonly ScoringPipeline _pipeline;
    private readonly ReportRequestParser _reports;
    private readonly OutcomeWriter _outcomes;

    /// <summary>Makes the hot path and the rights beside it.</summary>
    /// <param name="store">Where the windows lie.</param>
    /// <param name="masterKey">Key of the only epoch; null: the tests' own.</param>
    /// <param name="keys">The ring in place of that epoch.</param>
    /// <param name="clock">The clock, where several instances share one.</param>
    /// <param name="records">Takes the records; null: there are none.</param>
    /// <param name="policies">The policy; null: the shipped one.</param>
    public PipelineUnderTest(
        IWindowStore store,
        byte[]? masterKey = null,
        KeyRing? keys = null,
        FakeTimeProvider? clock = null,
        DecisionRecordQueue? records = null,
        PolicySource? policies = null)
    {
        Clock = clock ?? new FakeTimeProvider(Start);
        var options = new AntifraudOptions();
        options.Keys.MasterKey = Convert.ToBase64String(masterKey ?? [.. Enumerable.Range(0, KeyEpoch.MasterKeyLength).Select(number => (byte)(3 * number))]);
        options.Gate.StoreTimeout = Patience.Limit;
        var services = new ServiceCollection();
        services.AddInProcessScoring(options, store, Clock);
        services.AddSingleton(policies ?? ShippedPolicy.Value);
        if (keys is not null)
        {
            services.AddSingleton(keys);
        }

        if (records is not null)
        {
            services.AddSingleton(records);
        }

        _services = services.BuildServiceProvider();
        _pipeline = _services.GetRequiredService<ScoringPipeline>();
        _reports = _services.GetRequiredService<ReportRequestParser>();
        _outcomes = _services.GetRequiredService<OutcomeWriter>();
    }

    /// <summary>When the clock begins unless the test gives one.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; }

    /// <summary>One of the service's own parts.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Scores an event at the clock's time, or one that is older; it must get a full answer.</summary>
    /// <param name="request">The event.</param>
    /// <param name="age">How long ago it happened.</param>
    /// <param name="read">Sees what the reply was made of.</param>
    public async Task<ScoreReply> ScoreAsync(ScoreRequest request, TimeSpan age = default, Action<ScoringCall>? read = null)
    {
        request.EventTime = Timestamp.FromDateTimeOffset(Clock.GetUtcNow() - age);
        var writer = new ProtobufWriter();
        await ScoreAsync(request, call =>
        {
            ScoreReplyEncoder.Write(call.Event, call.Features, call.Decision, writer);
            read?.Invoke(call);
        });
        var reply = ScoreReply.Parser.ParseFrom(writer.Written);
        Assert.Empty(reply.Degraded);
        Assert.Null(reply.Error);
        return reply;
    }

    /// <summary>Scores an event at the clock's time and gives every feature's value, in the order of the catalogue.</summary>
    public async Task<double[]> FeaturesAsync(ScoreRequest request)
    {
        request.EventTime = Timestamp.FromDateTimeOffset(Clock.GetUtcNow());
        double[] values = [];
        await ScoreAsync(request, call => values = call.Features.Values.ToArray());
        return values;
    }

    /// <summary>Scores an event at the clock's time and tells which device it was found to come from, and the reply's token.</summary>
    public async Task<(ulong Device, ByteString Token)> DeviceAsync(ScoreRequest request)
    {
        request.EventTime = Timestamp.FromDateTimeOffset(Clock.GetUtcNow());
        var device = 0UL;
        var writer = new ProtobufWriter();
        await ScoreAsync(request, call =>
        {
            device = call.Event.Entity(EntitySlot.Device).High;
            ScoreReplyEncoder.Write(call.Event, call.Features, call.Decision, writer);
        });
        return (device, ScoreReply.Parser.ParseFrom(writer.Written).DeviceToken);
    }

    /// <summary>Reports how an event ended, at the clock's time.</summary>
    /// <param name="request">The event.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="account">The account if the event had none.</param>
    public async Task ReportAsync(ScoreRequest request, Outcome outcome, string? account = null)
    {
        var report = new ReportRequest
        {
            EventId = request.EventId,
            AccountId = account ?? request.AccountId,
            Outcome = outcome,
            OutcomeTime = Timestamp.FromDateTimeOffset(Clock.GetUtcNow()),
        };
        var parsed = _reports.Parse(report.ToByteArray());
        Assert.Equal(RequestError.None, parsed.Error);
        Assert.Equal(StoreStatus.Ok, (await _outcomes.WriteAsync(parsed, Patience.Limit)).Status);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task ScoreAsync(ScoreRequest request, Action<ScoringCall> read)
    {
        var call = ScoringCall.Rent();
        try
        {
            _pipeline.Parse(request.ToByteArray(), call);
            Assert.Equal(RequestError.None, call.Event.Error);
            await _pipeline.ScoreAsync(call, Patience.Limit);
            read(call);
        }
        finally
        {
            call.Return();
        }
    }
}
