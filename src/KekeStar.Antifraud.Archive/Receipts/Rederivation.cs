using System.Globalization;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>
/// Decides about a recorded event again, by the code that decided, and holds every column against what comes out that follows from features,
/// scene, list, store and policy. To the last bit: the same numbers are added in the same order. Reused from row to row, not thread safe.
/// </summary>
internal sealed class Rederivation
{
    /// <summary>What contributions may differ from their sum by: 1e-6, as the contract says.</summary>
    public const double SumTolerance = 1e-6;

    private static readonly string[] ProbabilityColumns =
        [RecordSchema.ProbabilityOfBatchRegistration.Name, RecordSchema.ProbabilityOfBot.Name, RecordSchema.ProbabilityOfAccountTheft.Name];

    private readonly List<ReceiptDifference> _differences = [];

    /// <summary>What was decided last.</summary>
    public EventDecision Decision { get; } = new();

    /// <summary>What the model of the last decision added, by input.</summary>
    public ModelSplit Split { get; private set; } = new([], 0);

    /// <summary>How far the recorded contributions of the last decision are from the recorded score, or the model's shares from what it added: the larger.</summary>
    public double SumError { get; private set; }

    /// <summary>Decides again and compares.</summary>
    /// <param name="row">The record.</param>
    /// <param name="features">Its features.</param>
    /// <param name="policy">The policy of its hash.</param>
    /// <returns>All that differs; valid until the next call. A scene that this build does not know is not decided about.</returns>
    public IReadOnlyList<ReceiptDifference> Run(DecisionRow row, FeatureVector features, Policy policy)
    {
        _differences.Clear();
        Split = new ModelSplit([], 0);
        SumError = 0;
        if (ContractWords.SceneOf(row.Scene) == Scene.Unspecified)
        {
            Add("scene", row.Scene, "");
            return _differences;
        }

        row.Under(policy, features).Decide(features, Decision);
        Split = ModelSplit.Of(ContractWords.SceneOf(row.Scene), features, Decision);
        var rules = Decision.Rules;
        Compare("policy", row.Policy, policy.Version);
        Compare("verdict", row.Verdict, ContractWords.Verdicts[(int)Decision.Verdict]);
        Compare("challenge", row.Challenge ?? "", Decision.Challenge == 0 ? "" : ContractWords.Challenges[(int)Decision.Challenge]);
        Compare("score", row.Score, rules.Score);
        Compare("batch_registration", row.BatchRegistration, rules.SubScore(Risk.BatchRegistration));
        Compare("bot", row.Bot, rules.SubScore(Risk.Bot));
        Compare("account_theft", row.AccountTheft, rules.SubScore(Risk.AccountTheft));
        Compare("step_up_exempt", row.StepUpExempt, Decision.IsStepUpExempt);
        Compare("at_least", row.AtLeast, rules.AtLeast);
        Compare("threshold_shift", row.ThresholdShift ?? 0, Decision.ThresholdShift);
        CompareContributions(row, policy);
        Compare("shadow_rules", string.Join(' ', row.ShadowRules), string.Join(' ', Ids(policy, rules.Shadow)));
        if (row.Models is { } models)
        {
            CompareModels(models, policy);
        }

        CheckSums(row);
        return _differences;
    }

    private static string[] Ids(Policy policy, ReadOnlySpan<int> rules)
    {
        var ids = new string[rules.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = policy.Rules[rules[i]].Id;
        }

        return ids;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void CompareContributions(DecisionRow row, Policy policy)
    {
        var derived = Decision.Rules.ByName(policy);
        Compare("rules", string.Join(' ', row.Rules), string.Join(' ', derived.Select(static rule => rule.Rule)));
        if (!row.Contributions.SequenceEqual(derived.Select(static rule => rule.Points)))
        {
            Add("contributions", string.Join(' ', row.Contributions.Select(Text)), string.Join(' ', derived.Select(static rule => Text(rule.Points))));
        }
    }

    private void CompareModels(RecordedModels recorded, Policy policy)
    {
        var derived = Decision.Rules.Models;
        CompareHash("model", recorded.Model, policy.Model);
        CompareHash("shadow_model", recorded.ShadowModel, policy.Shadow);
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            if (!recorded.Probabilities[risk].Equals(derived.Probabilities[risk]))
            {
                Add(ProbabilityColumns[risk], Text(recorded.Probabilities[risk]), Text(derived.Probabilities[risk]));
            }
        }

        Compare("shadow_score", recorded.ShadowScore ?? -1, derived.ShadowScore);
    }

    private void CheckSums(DecisionRow row)
    {
        SumError = Math.Abs(row.Contributions.Sum() - row.Score);
        if (Split.Shares.Count > 0)
        {
            SumError = Math.Max(SumError, Math.Abs(Split.Shares.Sum(static share => share.Points) - Decision.Rules.Models.Contribution));
        }

        if (!(SumError <= SumTolerance))
        {
            Add("contributions (sum)", Text(row.Contributions.Sum()), Text(row.Score));
        }
    }

    private void CompareHash(string column, string? recorded, PolicyModel? model)
    {
        if (recorded is null ? model is not null : model?.Model.Hash.StartsWith(recorded, StringComparison.Ordinal) != true)
        {
            Add(column, recorded ?? "", model?.Model.Hash ?? "");
        }
    }

    private void Compare<T>(string column, T recorded, T derived)
        where T : IEquatable<T>
    {
        if (!recorded.Equals(derived))
        {
            Add(column, Convert.ToString(recorded, CultureInfo.InvariantCulture)!, Convert.ToString(derived, CultureInfo.InvariantCulture)!);
        }
    }

    private void Add(string column, string recorded, string derived) => _differences.Add(new ReceiptDifference(column, recorded, derived));
}
