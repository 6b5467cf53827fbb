using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>A segment of honest people or an adversary.</summary>
/// <param name="Name">Name in the parameter file and in the labels.</param>
/// <param name="Plan">Plans its events until the stage has enough.</param>
/// <param name="Figures">The figures that it needs besides its share.</param>
/// <param name="RiskOf">Of an adversary: the risk that an event of a scene is; null: honest.</param>
internal sealed record TrafficSource(string Name, Action<Stage> Plan, IReadOnlyList<FigureSpec> Figures, Func<Scene, string>? RiskOf = null)
{
    /// <summary>Name of the risk of registration in bulk.</summary>
    internal const string BatchRegistration = "batch_registration";

    /// <summary>Name of the risk of a program that acts instead of a person.</summary>
    internal const string Bot = "bot";

    /// <summary>Name of the risk of somebody other than the owner using an account.</summary>
    internal const string AccountTheft = "account_theft";

    /// <summary>True for an adversary.</summary>
    internal bool IsAdversary => RiskOf is not null;

    /// <summary>The risk of those who register accounts to use them by programs.</summary>
    internal static string RegistersBots(Scene scene) => scene == Scene.Register ? BatchRegistration : Bot;

    /// <summary>The risk of those who take accounts over.</summary>
    internal static string StealsAccounts(Scene scene) => AccountTheft;
}
