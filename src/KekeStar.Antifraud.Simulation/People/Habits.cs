using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>What honest people do, with the shares of what goes wrong for them; each share is an assumption.</summary>
/// <param name="world">Where.</param>
/// <param name="shares">How often what happens; null: <see cref="HabitShares.Usual"/>.</param>
internal sealed class Habits(World world, HabitShares? shares = null)
{
    private const int MaxAttempts = 4;

    private readonly Random _random = world.Random;
    private readonly HabitShares _shares = shares ?? HabitShares.Usual;

    internal World World => world;

    /// <summary>How often what happens.</summary>
    internal HabitShares Shares => _shares;

    /// <summary>Events that are planned so far, as far as can be told before they happen.</summary>
    internal double Planned { get; private set; }

    /// <summary>Counts events that others planned.</summary>
    internal void Count(double events) => Planned += events;

    /// <summary>Where somebody is: mostly at home.</summary>
    internal AccessNetwork WhereIs(Person person) => _random.NextDouble() < _shares.AtHome ? person.Home : person.Road;

    /// <summary>A registration, and a first look around after it.</summary>
    /// <param name="at">When.</param>
    /// <param name="group">The crowd.</param>
    /// <param name="person">Who; the account is made by it.</param>
    /// <param name="network">Where; null: where the person is.</param>
    internal void PlanRegistration(DateTimeOffset at, string group, Person person, AccessNetwork? network = null)
    {
        // One and, for those who finish, two or so of the first look around.
        Count(1 + (2 * _shares.Finishes));
        world.At(at, () => RegisterAsync(group, person, network ?? WhereIs(person), attempt: 1));
    }

    /// <summary>A login and some talk after it.</summary>
    /// <param name="at">When.</param>
    /// <param name="group">The crowd.</param>
    /// <param name="person">Who.</param>
    /// <param name="network">Where; null: where the person is.</param>
    /// <param name="messages">Most messages and rooms entered.</param>
    /// <param name="login">The scene of the login.</param>
    internal void PlanSession(
        DateTimeOffset at, string group, Person person, AccessNetwork? network = null, int messages = 3, Scene login = Scene.Login)
    {
        Count(1 + _shares.Mistypes + (messages / 2.0));
        world.At(at, () => LogInAsync(group, person, network ?? WhereIs(person), messages, login, attempt: 1));
    }

    /// <summary>Somebody's days: a session now and then, by the rhythm.</summary>
    /// <param name="from">First day.</param>
    /// <param name="days">How many.</param>
    /// <param name="group">The crowd.</param>
    /// <param name="person">Who.</param>
    /// <param name="perDay">Sessions a day in the mean, at most 1.</param>
    /// <param name="rhythm">When; null: as everybody.</param>
    /// <param name="network">Where; null: where the person is.</param>
    internal void PlanDays(int from, int days, string group, Person person, double perDay, DayRhythm? rhythm = null, AccessNetwork? network = null)
    {
        for (var day = from; day < from + days; day++)
        {
            if (_random.NextDouble() < perDay)
            {
                PlanSession((rhythm ?? DayRhythm.Everybody).On(world.Day(day), _random), group, person, network);
            }
        }
    }

    private MotionReading? Motion()
    {
        var samples = _shares.MotionSamples(_random);
        return samples == 0 ? null
            : _random.NextDouble() < _shares.PutsDown ? MotionTraces.Still(_random, samples)
            : MotionTraces.Held(_random, samples);
    }

    private async Task RegisterAsync(string group, Person person, AccessNetwork network, int attempt)
    {
        var captcha = _random.NextDouble() >= _shares.SeesCaptcha ? CaptchaState.Unspecified
            : _random.NextDouble() < _shares.Manages ? CaptchaState.Passed
            : CaptchaState.Failed;
        var (asked, reply) = await world.AskAsync(group, Scene.Register, person, network, Motion(), captcha);
        if (captcha == CaptchaState.Failed)
        {
            Again(attempt, () => RegisterAsync(group, person, network, attempt + 1));
            return;
        }

        if (reply.Verdict == Verdict.Reject || _random.NextDouble() >= _shares.Finishes)
        {
            return;
        }

        world.At(world.Now.AddSeconds(_random.Next(15, 90)), async () =>
        {
            await world.ReportChallengeAsync(asked, reply, _shares.Manages, person.Account);
            await world.ReportAsync(asked, Outcome.RegistrationCompleted, person.Account);
            PlanTalk(group, person, network, _random.Next(1, 4));
        });
    }

    private async Task LogInAsync(string group, Person person, AccessNetwork network, int messages, Scene login, int attempt)
    {
        var (asked, reply) = await world.AskAsync(group, login, person, network, Motion());
        if (reply.Verdict == Verdict.Reject)
        {
            return;
        }

        world.At(world.Now.AddSeconds(_random.Next(2, 20)), async () =>
        {
            await world.ReportChallengeAsync(asked, reply, _shares.Manages);
            if (_random.NextDouble() < _shares.Mistypes)
            {
                await world.ReportAsync(asked, Outcome.LoginFailed);
                Again(attempt, () => LogInAsync(group, person, network, messages, login, attempt + 1));
                return;
            }

            await world.ReportAsync(asked, Outcome.LoginSucceeded);
            PlanTalk(group, person, network, _random.Next(messages + 1));
        });
    }

    // Apps ask the sensors when somebody registers or logs in, not with every message.
    private void PlanTalk(string group, Person person, AccessNetwork network, int events)
    {
        var at = world.Now;
        for (; events > 0; events--)
        {
            at = at.AddSeconds(10 - (150 * Math.Log(1 - _random.NextDouble())));
            var scene = _shares.Talk(_random);
            world.At(at, () => world.AskAsync(group, scene, person, network, motion: null));
        }
    }

    private void Again(int attempt, Func<Task> happening)
    {
        if (attempt < MaxAttempts)
        {
            world.At(world.Now.AddSeconds(_random.Next(8, 60)), happening);
        }
    }
}
