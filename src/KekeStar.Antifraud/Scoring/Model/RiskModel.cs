namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>What a model knows of one risk.</summary>
/// <param name="BaseRate">Share of the risk among the events of the training, above 0 and below 1.</param>
/// <param name="Calibration">From the sum of the trees to a probability.</param>
/// <param name="Trees">The trees, which add up to log-odds.</param>
internal sealed record RiskModel(double BaseRate, CalibrationCurve Calibration, IReadOnlyList<ModelTree> Trees)
{
    /// <summary>How far a probability lies above the base rate, 0 (at it or below) … 1 (certain). Never falls with the probability.</summary>
    public double Excess(double probability) => Math.Clamp((probability - BaseRate) / (1 - BaseRate), 0, 1);
}
