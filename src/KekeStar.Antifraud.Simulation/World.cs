using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation;

/// <summary>
/// A world of people, phones and networks, at simulated times and in their order. What happens is told by its seed alone, and by
/// what the service answers where somebody listens.
/// </summary>
/// <param name="seed">Decides about everything that is chance.</param>
/// <param name="service">Who is asked about what happens.</param>
/// <param name="start">Midnight in China of the first day.</param>
internal sealed class World(int seed, IWorldService service, DateTimeOffset start)
{
    private readonly PriorityQueue<Func<Task>, (long Time, int Order)> _plan = new();
    private int _order;
    private long _events;

    internal Random Random { get; } = new(seed);

    internal Handsets Handsets => field ??= new Handsets(Random);

    internal AddressBook Addresses => field ??= new AddressBook(Random);

    /// <summary>Midnight in China of the first day.</summary>
    internal DateTimeOffset Start { get; } = start;

    /// <summary>Simulated time.</summary>
    internal DateTimeOffset Now { get; private set; } = start;

    /// <summary>Beginning of a day, counted from 0.</summary>
    internal DateTimeOffset Day(int day) => Start.AddDays(day);

    /// <summary>Plans something.</summary>
    /// <param name="time">When; not before <see cref="Now"/>.</param>
    /// <param name="happening">What.</param>
    internal void At(DateTimeOffset time, Func<Task> happening) => _plan.Enqueue(happening, (Math.Max(time.UtcTicks, Now.UtcTicks), _order++));

    /// <summary>Lets everything that is planned happen, and what comes of it.</summary>
    /// <param name="end">What is planned for this time or later does not happen; null: everything does.</param>
    /// <param name="cancellation">Ends the world early.</param>
    internal async Task RunAsync(DateTimeOffset? end = null, CancellationToken cancellation = default)
    {
        while (_plan.TryDequeue(out var happening, out var when) && (end is null || when.Time < end.Value.UtcTicks))
        {
            cancellation.ThrowIfCancellationRequested();
            var time = new DateTimeOffset(when.Time, TimeSpan.Zero);
            if (time > Now)
            {
                Now = time.ToOffset(DayRhythm.Zone);
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
    /// <returns>What happened, as it was asked, and the answer.</returns>
    internal async Task<(Happening Event, Answer Reply)> AskAsync(
        string group, Scene scene, Person person, AccessNetwork network, MotionReading? motion, CaptchaState captcha = CaptchaState.Unspecified)
    {
        var number = ++_events;
        var request = new ScoreRequest
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"event-{number}"),
            EventTime = Timestamp.FromDateTimeOffset(Now),
            Scene = scene,
            AccountId = scene == Scene.Register ? "" : person.Account,
            ClientIp = network.Addresses[Random.Next(network.Addresses.Count)],
            Consent = new Consent { Granted = { person.Granted } },
            Device = person.Handset.At(network, motion),
            DeviceToken = person.Handset.Token,
            ThirdParty = new ThirdPartyResults { Captcha = captcha },
        };
        var happening = new Happening(number, group, Now, request, person.Handset);
        var answer = await service.ScoreAsync(happening);
        if (person.Handset.KeepsToken)
        {
            person.Handset.Token = answer.DeviceToken;
        }

        return (happening, answer);
    }

    /// <summary>Tells the service how an event ended.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="account">The account if the event had none.</param>
    internal Task ReportAsync(Happening happening, Outcome outcome, string? account = null) => service.ReportAsync(happening, new ReportRequest
    {
        EventId = happening.Request.EventId,
        AccountId = account ?? happening.Request.AccountId,
        Outcome = outcome,
        OutcomeTime = Timestamp.FromDateTimeOffset(Now),
    });

    /// <summary>Tells the service how the challenge ended that it asked for, or would end if it asks for one.</summary>
    /// <param name="happening">The event.</param>
    /// <param name="answer">What the service said.</param>
    /// <param name="passes">Share of the challenges that are passed.</param>
    /// <param name="account">The account if the event had none.</param>
    internal async Task ReportChallengeAsync(Happening happening, Answer answer, double passes, string? account = null)
    {
        if (answer.Verdict is Verdict.Challenge or Verdict.Unspecified)
        {
            await ReportAsync(happening, Random.NextDouble() < passes ? Outcome.CaptchaPassed : Outcome.CaptchaFailed, account);
        }
    }
}
