namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>A model in a policy.</summary>
/// <param name="Model">The model.</param>
/// <param name="Points">The most that it may add to the score, 1 … 1000.</param>
internal sealed record PolicyModel(ScoreModel Model, int Points)
{
    /// <summary>What reasons and records name in the place of a rule; no rule of a policy that names a model may be called so.</summary>
    public const string RuleName = "model";

    /// <summary>What the model adds to a score that the rules gave: less the higher it is already, so that both together stay on the scale.</summary>
    /// <param name="excess">How far the probability lies above the base rate, 0 … 1 (<see cref="RiskModel.Excess"/>).</param>
    /// <param name="score">The rules' score, 0 … 1000.</param>
    public double Add(double excess, double score) => Points * excess * (1 - (score / PolicyLimits.MaxScore));
}
