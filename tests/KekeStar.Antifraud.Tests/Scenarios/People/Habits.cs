using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scenarios.People;

/// <summary>What honest people do, with the shares of what goes wrong for them; each share is an assumption.</summary>
internal sealed class Habits(ScenarioWorld world)
{
    /// <summary>Of the logins, those with a wrong password.</summary>
    private const double Mistypes = 0.05;

    /// <summary>Of those who are challenged, those who manage it at once.</summary>
    private const double Manages = 0.96;

    /// <summary>Of the registrations, those before which the gateway shows a captcha.</summary>
    private const double SeesCaptcha = 0.3;

    /// <summary>Of the registrations begun, those that are finished.</summary>
    private const double Finishes = 0.92;

    /// <summary>Of the moments, those when the phone lies on a table.</summary>
    private const double PutsDown = 0.15;

    private const int MaxAttempts = 4;

    private readonly Random _random = world.Random;

    internal ScenarioWorld World => world;

    /// <summary>Where somebody is: mostly at home.</summary>
    internal AccessNetwork WhereIs(Person person) => _random.NextDouble() < 0.65 ? person.Home : person.Road;

    /// <summary>A registration, and a first look around after it.</summary>
    /// <param name="at">When.</param>
    /// <param name="group">The crowd.</param>
    /// <param name="person">Who; the account is made by it.</param>
    /// <param name="network">Where; null: where the person is.</param>
    internal void PlanRegistration(DateTimeOffset at, string group, Person person, AccessNetwork? network = null) =>
        world.At(at, () => RegisterAsync(group, person, network ?? WhereIs(person), attempt: 1));

    /// <summary>A login and some talk after it.</summary>
    /// <param name="at">When.</param>
    /// <param name="group">The crowd.</param>
    /// <param name="person">Who.</param>
    /// <param name="network">Where; null: where the person is.</param>
    /// <param name="messages">Most messages and rooms entered.</param>
    internal void PlanSession(DateTimeOffset at, string group, Person person, AccessNetwork? network = null, int messages = 3) =>
        world.At(at, () => LogInAsync(group, person, network ?? WhereIs(person), messages, attempt: 1));

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
                PlanSession((rhythm ?? DayRhythm.Everybody).On(ScenarioWorld.Day(day), _random), group, person, network);
            }
        }
    }

    private MotionReading Motion() => _random.NextDouble() < PutsDown ? MotionTraces.Still(_random) : MotionTraces.Held(_random);

    private async Task RegisterAsync(string group, Person person, AccessNetwork network, int attempt)
    {
        var captcha = _random.NextDouble() >= SeesCaptcha ? CaptchaState.Unspecified
            : _random.NextDouble() < Manages ? CaptchaState.Passed
            : CaptchaState.Failed;
        var (request, reply) = await world.AskAsync(group, Scene.Register, person, network, Motion(), captcha);
        if (captcha == CaptchaState.Failed)
        {
            Again(attempt, () => RegisterAsync(group, person, network, attempt + 1));
            return;
        }

        if (reply.Verdict == Verdict.Reject || _random.NextDouble() >= Finishes)
        {
            return;
        }

        world.At(world.Now.AddSeconds(_random.Next(15, 90)), async () =>
        {
            if (reply.Verdict == Verdict.Challenge)
            {
                await world.ReportAsync(request, _random.NextDouble() < Manages ? Outcome.CaptchaPassed : Outcome.CaptchaFailed, person.Account);
            }

            await world.ReportAsync(request, Outcome.RegistrationCompleted, person.Account);
            PlanTalk(group, person, network, _random.Next(1, 4));
        });
    }

    private async Task LogInAsync(string group, Person person, AccessNetwork network, int messages, int attempt)
    {
        var (request, reply) = await world.AskAsync(group, Scene.Login, person, network, Motion());
        if (reply.Verdict == Verdict.Reject)
        {
            return;
        }

        world.At(world.Now.AddSeconds(_random.Next(2, 20)), async () =>
        {
            if (reply.Verdict == Verdict.Challenge)
            {
                await world.ReportAsync(request, _random.NextDouble() < Manages ? Outcome.CaptchaPassed : Outcome.CaptchaFailed);
            }

            if (_random.NextDouble() < Mistypes)
            {
                await world.ReportAsync(request, Outcome.LoginFailed);
                Again(attempt, () => LogInAsync(group, person, network, messages, attempt + 1));
                return;
            }

            await world.ReportAsync(request, Outcome.LoginSucceeded);
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
            var scene = _random.Next(3) == 0 ? Scene.JoinRoom : Scene.SendMessage;
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
