using KekeStar.Antifraud.Simulation;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// The service of a test's world: its own hot path, from the bytes of the request to the reply, over the embedded store, at the
/// world's times.
/// </summary>
internal sealed class ScoredWorld : IWorldService, IAsyncDisposable
{
    private readonly GarnetWindowStore _store;
    private readonly PipelineUnderTest _pipeline;
    private readonly FeatureDump? _dump;

    public ScoredWorld(int seed, DateTimeOffset start)
    {
        _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 256L << 20 });
        _pipeline = new PipelineUnderTest(_store, clock: new FakeTimeProvider(start));
        _dump = FeatureDump.Open(seed);
    }

    /// <summary>What was answered.</summary>
    internal Ledger Ledger { get; } = new();

    public async Task<Answer> ScoreAsync(Happening happening)
    {
        SetTime(happening.Time);
        var bounds = default((Verdict Mildest, Verdict Harshest));
        var reply = await _pipeline.ScoreAsync(happening.Request, read: call =>
        {
            _dump?.Write(happening.Actor, happening.Time, call);
            bounds = Judgement.BoundsOf(happening.Request.Scene, call.Decision);
        });
        Ledger.Add(new Judgement(
            happening.Actor,
            happening.Request.Scene,
            happening.Time,
            reply.Verdict,
            reply.Score,
            [.. reply.Reasons.Where(reason => reason.Contribution > 0).Select(reason => reason.Rule)])
        {
            Mildest = bounds.Mildest,
            Harshest = bounds.Harshest,
        });
        return new Answer(reply.Verdict, reply.DeviceToken);
    }

    public Task ReportAsync(Happening happening, ReportRequest report)
    {
        SetTime(report.OutcomeTime.ToDateTimeOffset());
        return _pipeline.ReportAsync(happening.Request, report.Outcome, report.AccountId);
    }

    public async ValueTask DisposeAsync()
    {
        _dump?.Dispose();
        await _pipeline.DisposeAsync();
        await _store.DisposeAsync();
    }

    private void SetTime(DateTimeOffset time)
    {
        if (time > _pipeline.Clock.GetUtcNow())
        {
            _pipeline.Clock.SetUtcNow(time);
        }
    }
}
