using System.Diagnostics;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>How outcomes come to the service: late, by a log-normal delay, and not all of them.</summary>
/// <param name="figures">Shares that are lost, medians and spreads.</param>
/// <param name="random">Chance.</param>
internal sealed class OutcomeDelivery(FigureSet figures, Random random)
{
    /// <summary>When an outcome comes.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>How late; null: never.</returns>
    internal TimeSpan? DelayOf(Outcome outcome)
    {
        var kind = KindOf(outcome);

        // Both are drawn in any case, so that a changed share leaves the other outcomes' delays as they were.
        var isLost = random.NextDouble() < figures[kind + "_lost"];
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return isLost ? null : TimeSpan.FromSeconds(Math.Min(figures[kind + "_median_seconds"] * Math.Exp(figures[kind + "_spread"] * normal), 30 * 86_400));
    }

    /// <summary>When an outcome is one, whatever the verdict will be.</summary>
    internal static OutcomeCondition ConditionOf(Outcome outcome) =>
        outcome is Outcome.CaptchaPassed or Outcome.CaptchaFailed ? OutcomeCondition.Challenged : OutcomeCondition.NotRejected;

    private static string KindOf(Outcome outcome) => outcome switch
    {
        Outcome.LoginSucceeded or Outcome.LoginFailed => "login",
        Outcome.RegistrationCompleted => "registration",
        Outcome.CaptchaPassed or Outcome.CaptchaFailed => "captcha",
        Outcome.HarassmentConfirmed => "harassment",
        Outcome.AccountTheftConfirmed => "theft",
        _ => throw new UnreachableException($"The simulation reports no {outcome}."),
    };
}
