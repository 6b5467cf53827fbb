using System.Globalization;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.Tests.Scenarios.People;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>
/// A world of people, phones and networks whose every event goes through the service's own hot path, from the bytes of
/// the request to the reply, over the embedded store, at simulated times and in their order. What happens is told by its
/// seed alone.
/// </summary>
internal sealed class ScenarioWorld : IAsyncDisposable
{
    private readonly PriorityQueue<Func<Task>, (long Time, int Order)> _plan = new();
    private readonly GarnetWindowStore _store;
    private readonly PipelineUnderTest _pipeline;
    private readonly FeatureDump? _dump;
    private int _order;
    private int _events;

    public ScenarioWorld(int seed)
    {
        Random = new Random(seed);
        Handsets = new Handsets(Random);
        Addresses = new AddressBook(Random);
        _store = GarnetWindowStore.Open(new EmbeddedStoreOptions { MemoryBytes = 256L << 20 });
        _pipeline = new PipelineUnderTest(_store, clock: new FakeTimeProvider(Start));
        _dump = FeatureDump.Open(seed);
    }

    /// <summary>Midnight in China, a Monday.</summary>
    internal static DateTimeOffset Start { get; } = new(2026, 9, 7, 0, 0, 0, DayRhythm.Zone);

    internal Random Random { get; }

    internal Handsets Handsets { get; }

    internal AddressBook Addresses { get; }

    internal Ledger Ledger { get; } = new();

    /// <summary>Simulated time.</summary>
    internal DateTimeOffset Now => _pipeline.Clock.GetUtcNow().ToOffset(DayRhythm.Zone);

    /// <summary>Beginning of a day, counted from 0.</summary>
    internal static DateTimeOffset Day(int day) => Start.AddDays(day);

    /// <summary>Plans something.</summary>
    internal void At(DateTimeOffset time, Func<Task> happening) => _plan.Enqueue(happening, (Math.Max(time.UtcTicks, Now.UtcTicks), _order++));

    /// <summary>Lets everything that is planned happen, and what comes of it.</summary>
    internal async Task RunAsync()
    {
        while (_plan.TryDequeue(out var happening, out var when))
        {
            var time = new DateTimeOffset(when.Time, TimeSpan.Zero);
            if (time > _pipeline.Clock.GetUtcNow())
            {
                _pipeline.Clock.SetUtcNow(time);
            }

            await happening();
        }
    }

    /// <summary>Somebody who lives here.</summary>
    internal Person Resident(PhoneModel? model = null, AccessNetwork? home = null, Handset? handset = null, IReadOnlyList<ConsentCategory>? granted = null) => new(
        NewAccount(), handset ?? Handsets.Lived(model), home ?? Addresses.Home(), Addresses.Carrier(), granted ?? Consents.Any(Random));

    /// <summary>Name of an account that nobody has.</summary>
    internal string NewAccount() => string.Create(CultureInfo.InvariantCulture, $"user-{Handsets.Hex(12)}");

    /// <summary>Asks the service about an event that happens now.</summary>
    /// <param name="group">The crowd or attack.</param>
    /// <param name="scene">What the person is about to do.</param>
    /// <param name="person">Who does it.</param>
    /// <param name="network">Where.</param>
    /// <param name="motion">What the motion sensors say; null: the app did not ask them.</param>
    /// <param name="captcha">A captcha shown before.</param>
    /// <returns>The event as sent, and the answer.</returns>
    internal async Task<(ScoreRequest Event, ScoreReply Reply)> AskAsync(
        string group, Scene scene, Person person, AccessNetwork network, MotionReading? motion, CaptchaState captcha = CaptchaState.Unspecified)
    {
        var request = new ScoreRequest
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"event-{++_events}"),
            Scene = scene,
            AccountId = scene == Scene.Register ? "" : person.Account,
            ClientIp = network.Addresses[Random.Next(network.Addresses.Count)],
            Consent = new Consent { Granted = { person.Granted } },
            Device = person.Handset.At(network, motion),
            DeviceToken = person.Handset.Token,
            ThirdParty = new ThirdPartyResults { Captcha = captcha },
        };
        var reply = await _pipeline.ScoreAsync(request, read: _dump is null ? null : call => _dump.Write(group, Now, call));
        if (person.Handset.KeepsToken)
        {
            person.Handset.Token = reply.DeviceToken;
        }

        Ledger.Add(new Judgement(group, scene, Now, reply.Verdict, reply.Score, [.. reply.Reasons.Where(reason => reason.Contribution > 0).Select(reason => reason.Rule)]));
        return (request, reply);
    }

    /// <summary>Tells the service how an event ended.</summary>
    internal Task ReportAsync(ScoreRequest request, Outcome outcome, string? account = null) => _pipeline.ReportAsync(request, outcome, account);

    public async ValueTask DisposeAsync()
    {
        _dump?.Dispose();
        await _pipeline.DisposeAsync();
        await _store.DisposeAsync();
    }
}
