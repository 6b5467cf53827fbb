using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>What a segment or an adversary plans its events with.</summary>
internal sealed class Stage
{
    private readonly double _before;

    /// <summary>Makes a stage.</summary>
    /// <param name="name">The segment or adversary.</param>
    /// <param name="habits">What people do, and the world.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="target">Events that it is to plan, about.</param>
    /// <param name="days">Days that are told.</param>
    /// <param name="victims">Honest people whose accounts may be attacked; households are added to it.</param>
    internal Stage(string name, Habits habits, FigureSet figures, double target, int days, List<Person> victims)
    {
        Name = name;
        Habits = habits;
        Figures = figures;
        Target = target;
        Days = days;
        Victims = victims;
        _before = habits.Planned;
    }

    internal string Name { get; }

    internal Habits Habits { get; }

    internal World World => Habits.World;

    internal Random Random => Habits.World.Random;

    internal FigureSet Figures { get; }

    internal double Target { get; }

    internal int Days { get; }

    internal List<Person> Victims { get; }

    /// <summary>Events that may still be planned.</summary>
    internal double Left => Target - (Habits.Planned - _before);

    /// <summary>True if enough is planned.</summary>
    internal bool IsFull => Left <= 0;

    /// <summary>So many of something as are wanted, or as there are events left for.</summary>
    /// <param name="wanted">How many are wanted.</param>
    /// <param name="eventsEach">Events that each of them makes, about.</param>
    internal int Fit(double wanted, double eventsEach) => (int)Math.Max(1, Math.Min(Math.Round(wanted), Math.Ceiling(Left / eventsEach)));

    /// <summary>True in such a share of the cases.</summary>
    internal bool Chance(double share) => Random.NextDouble() < share;

    /// <summary>A number around a mean: half of it to one and a half.</summary>
    internal int Around(double mean) => Math.Max(1, (int)Math.Round(mean * (0.5 + Random.NextDouble())));

    /// <summary>A moment at which people are awake.</summary>
    internal DateTimeOffset Awake(int day, DayRhythm? rhythm = null) => (rhythm ?? DayRhythm.Everybody).On(World.Day(day), Random);

    /// <summary>Any moment of a span.</summary>
    internal DateTimeOffset Anytime(double fromDay, double days) => World.Start.AddDays(fromDay + (days * Random.NextDouble()));

    /// <summary>A phone in a hand at this moment; null: the app does not ask the sensors.</summary>
    internal MotionReading? Held() => Recorded(samples => MotionTraces.Held(Random, samples));

    /// <summary>A phone that lies still at this moment; null: the app does not ask the sensors.</summary>
    internal MotionReading? Still() => Recorded(samples => MotionTraces.Still(Random, samples));

    /// <summary>What a program says at this moment; null: the app that it runs or plays does not ask the sensors.</summary>
    internal MotionReading? Played(Func<MotionTrace> make) => Recorded(samples => new MotionReading(make().First(samples).ToAccelerometer()));

    /// <summary>Plans a registration by an adversary, before which a captcha is shown as often as people see one.</summary>
    /// <param name="at">When.</param>
    /// <param name="person">The account that is made.</param>
    /// <param name="network">Where.</param>
    /// <param name="motion">What the sensors say.</param>
    /// <param name="solves">Share of captchas and challenges that are solved.</param>
    internal void Registration(DateTimeOffset at, Person person, AccessNetwork network, Func<MotionReading?> motion, double solves)
    {
        var captcha = !Chance(Habits.Shares.SeesCaptcha) ? CaptchaState.Unspecified : Chance(solves) ? CaptchaState.Passed : CaptchaState.Failed;
        Event(at, Scene.Register, person, network, motion, captcha, async (asked, answer) =>
        {
            if (captcha == CaptchaState.Failed)
            {
                return;
            }

            await World.ReportChallengeAsync(asked, answer, solves, person.Account);
            await World.ReportAsync(asked, Outcome.RegistrationCompleted, person.Account);
        });
    }

    /// <summary>Plans one event that nothing follows.</summary>
    internal void Event(
        DateTimeOffset at, Scene scene, Person person, AccessNetwork network, MotionReading? motion = null, CaptchaState captcha = CaptchaState.Unspecified) =>
        Event(at, scene, person, network, () => motion, captcha);

    /// <summary>Plans one event, the recording of its moment, and what follows.</summary>
    internal void Event(
        DateTimeOffset at,
        Scene scene,
        Person person,
        AccessNetwork network,
        Func<MotionReading?> motion,
        CaptchaState captcha = CaptchaState.Unspecified,
        Func<Happening, Answer, Task>? then = null)
    {
        Habits.Count(1);
        World.At(at, async () =>
        {
            var (asked, answer) = await World.AskAsync(Name, scene, person, network, motion(), captcha);
            if (answer.Verdict != Verdict.Reject && then is not null)
            {
                await then(asked, answer);
            }
        });
    }

    private MotionReading? Recorded(Func<int, MotionReading> make) => Habits.Shares.MotionSamples(Random) is > 0 and var samples ? make(samples) : null;
}
