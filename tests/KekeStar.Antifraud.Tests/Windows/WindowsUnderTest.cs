using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Windows;

/// <summary>The window step of the hot path over a given store, with a clock and entities of the test's own.</summary>
internal sealed class WindowsUnderTest : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly byte[] _master = RandomNumberGenerator.GetBytes(KeyEpoch.MasterKeyLength);
    private readonly IWindowStore _store;
    private readonly KeySet _keys;

    /// <summary>A random master key: sequences over one store never meet.</summary>
    public WindowsUnderTest(IWindowStore store)
    {
        _store = store;
        _keys = new KeySet(new KeyEpoch(1, _master));
        Trimmer = new LogTrimmer(store, Clock, new TrimMetrics(Meters));
        Contexts = new EntityContexts(store, Clock, NullLogger<EntityContexts>.Instance);
        Instance = NewInstance();
        Outcomes = new OutcomeWriter(NewGate(), Trimmer, Clock);
    }

    /// <summary>The service's clock; the store's own keeps running by itself.</summary>
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    /// <summary>One instance of the service.</summary>
    public EventWindows Instance { get; }

    public OutcomeWriter Outcomes { get; }

    public LogTrimmer Trimmer { get; }

    private EntityContexts Contexts { get; }

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>Another instance of the service on the same store: it remembers no event of the first.</summary>
    public EventWindows NewInstance() => NewInstance(new NewLogBudget(Clock));

    /// <summary>Another instance of the service, with a budget of the test's own.</summary>
    public EventWindows NewInstance(NewLogBudget budget) => new(NewGate(), Trimmer, Contexts, budget);

    /// <summary>The pseudonym of a made-up entity.</summary>
    public Pseudonym Entity(EntityKind kind, int number)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(value, number);
        return _keys.Current.Pseudonymise(kind, value);
    }

    /// <summary>Key of an entity's log.</summary>
    public byte[] KeyOf(EntityKind kind, Pseudonym entity)
    {
        var key = new byte[WindowKey.Length];
        WindowKey.Write(key, _keys.Current.Number, kind, entity);
        return key;
    }

    /// <summary>An event as intake and identity would leave it.</summary>
    public ScoreEvent Event(int number, Scene scene, long time, params (int Slot, int Entity)[] entities)
    {
        var scoreEvent = new ScoreEvent();
        scoreEvent.Clear();
        scoreEvent.Keys = _keys;
        scoreEvent.Event = Entity(EntityKind.Event, number);
        scoreEvent.Scene = scene;
        scoreEvent.TimeMilliseconds = time;
        scoreEvent.IsDeviceSettled = true;
        scoreEvent.IsLate = Clock.GetUtcNow().ToUnixTimeMilliseconds() - time > (long)IntakeLimits.MaxClockSkew.TotalMilliseconds;
        foreach (var (slot, entity) in entities)
        {
            scoreEvent.Entity(slot) = Entity(EntitySlot.Kind(slot), entity);
        }

        return scoreEvent;
    }

    /// <summary>Observes and demands a full answer.</summary>
    public static async Task<EventCounts> ObserveAsync(EventWindows instance, ScoreEvent scoreEvent)
    {
        var counts = new EventCounts();
        await instance.ObserveAsync(scoreEvent, counts, Patience.Limit);
        Assert.Equal(StoreStatus.Ok, counts.Status);
        return counts;
    }

    public void Dispose()
    {
        Trimmer.Dispose();
        _keys.Current.Dispose();
        _services.Dispose();
    }

    // A busy build machine must not turn a correct answer into a degraded one.
    private StoreGate NewGate() => new(
        _store,
        new StoreGateOptions { StoreTimeout = Patience.Limit, MaxOutstanding = 65_536, FailuresToOpen = 1_000 },
        new StoreGateMetrics(Meters.Create(StoreGateMetrics.MeterName)),
        NullLogger<StoreGate>.Instance,
        TimeProvider.System);
}
