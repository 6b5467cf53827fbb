using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Decision;

/// <summary>
/// How the weights of the rules that fired became a score, step by step (docs/policy.md): the steps sum to the score. What each rule contributed has
/// caps, bounds and rounding shared out among the rules already.
/// </summary>
/// <param name="Raised">Weights of the rules that raise.</param>
/// <param name="Capped">What the caps of shared signals took from them, 0 or less.</param>
/// <param name="Lowered">Weights of the rules that lower, 0 or less.</param>
/// <param name="Bounded">What keeping it within 0 … 1000 and rounding it added or took.</param>
/// <param name="Model">What the model added.</param>
internal sealed record ScoreSteps(int Raised, int Capped, int Lowered, int Bounded, int Model)
{
    /// <summary>The score.</summary>
    public int Score => Raised + Capped + Lowered + Bounded + Model;

    /// <summary>Finds the steps of a decision.</summary>
    public static ScoreSteps Of(EventDecision decision)
    {
        var rules = decision.Rules;
        Span<int> raised = stackalloc int[Policy.SignalCount];
        raised.Clear();
        var lowered = 0;
        foreach (var fired in rules.Fired)
        {
            var rule = decision.Policy.Rules[fired];
            if (rule.Weight > 0)
            {
                raised[(int)rule.CappedBy] += rule.Weight;
            }
            else
            {
                lowered += rule.Weight;
            }
        }

        var (sum, capped) = (0, 0);
        for (var signal = 0; signal < raised.Length; signal++)
        {
            sum += raised[signal];
            if (signal != 0)
            {
                capped -= Math.Max(0, raised[signal] - decision.Policy.CapOf((Features.SharedSignal)signal));
            }
        }

        var model = rules.Models.Contribution;
        return new ScoreSteps(sum, capped, lowered, rules.Score - model - sum - capped - lowered, model);
    }
}
