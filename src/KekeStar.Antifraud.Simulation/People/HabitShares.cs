using KekeStar.Antifraud.Simulation.Motion;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>How often what happens to honest people, each a share from 0 to 1.</summary>
internal sealed record HabitShares
{
    /// <summary>Assumptions, as docs/scenarios.md lists them.</summary>
    internal static HabitShares Usual { get; } = new();

    /// <summary>Of the logins, those with a wrong password.</summary>
    internal double Mistypes { get; init; } = 0.05;

    /// <summary>Of those who are challenged, those who manage it at once.</summary>
    internal double Manages { get; init; } = 0.96;

    /// <summary>Of the registrations, those before which the gateway shows a captcha.</summary>
    internal double SeesCaptcha { get; init; } = 0.3;

    /// <summary>Of the registrations begun, those that are finished.</summary>
    internal double Finishes { get; init; } = 0.92;

    /// <summary>Of the moments, those when the phone lies on a table.</summary>
    internal double PutsDown { get; init; } = 0.15;

    /// <summary>Of the events, those at home.</summary>
    internal double AtHome { get; init; } = 0.65;

    /// <summary>Samples of a motion recording, at most <see cref="PersonTraces.Samples"/>; 0: the app does not ask the sensors.</summary>
    internal Func<Random, int> MotionSamples { get; init; } = static _ => PersonTraces.Samples;

    /// <summary>What somebody does who has logged in.</summary>
    internal Func<Random, Scene> Talk { get; init; } = static random => random.Next(3) == 0 ? Scene.JoinRoom : Scene.SendMessage;
}
