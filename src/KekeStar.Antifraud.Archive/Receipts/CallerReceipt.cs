using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>
/// What a caller may see of a receipt: verdict and grounds, without any limit. No score, no points, no thresholds, no values; and for each ground what was
/// looked at, in the catalogue's words, in the place of the rule's own text, which names its limit more often than not ("3 or more registrations …").
/// </summary>
internal sealed record CallerReceipt
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How to challenge; Unspecified: not.</summary>
    public required ChallengeKind Challenge { get; init; }

    /// <summary>The list that decided, or held the verdict; Unspecified: none.</summary>
    public required ListKind List { get; init; }

    /// <summary>True if a challenge passed before spared the event one.</summary>
    public required bool IsStepUpExempt { get; init; }

    /// <summary>How asking the store ended; Ok: the answer was a full one.</summary>
    public required StoreStatus Store { get; init; }

    /// <summary>Version of the policy.</summary>
    public required string Policy { get; init; }

    /// <summary>What raised the score, the strongest first.</summary>
    public required IReadOnlyList<CallerGround> Grounds { get; init; }

    /// <summary>Leaves out of a receipt what a caller may not see.</summary>
    public static CallerReceipt Of(Receipt receipt) => new()
    {
        // What was answered, also where it does not follow.
        Verdict = ContractWords.VerdictOf(receipt.Row.Verdict),
        Challenge = ContractWords.ChallengeOf(receipt.Row.Challenge),
        List = receipt.Inputs.List,
        IsStepUpExempt = receipt.Row.StepUpExempt,
        Store = receipt.Inputs.Store,
        Policy = receipt.Row.Policy,
        Grounds = GroundsOf(receipt),
    };

    private static CallerGround[] GroundsOf(Receipt receipt)
    {
        var rules = receipt.Decision.Rules;
        var grounds = new List<(double Points, CallerGround Ground)>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules.Contributions[i] > 0)
            {
                var rule = receipt.Policy.Rules[rules.Fired[i]];
                grounds.Add((rules.Contributions[i], new CallerGround(rule.Label, FeatureCatalogue.At(rule.LeadFeature))));
            }
        }

        if (rules.Models.Contribution > 0)
        {
            var strongest = receipt.Split.Shares.Select(static share => share.Feature).FirstOrDefault(static feature => feature is not null);
            grounds.Add((rules.Models.Contribution, new CallerGround(PolicyModel.RuleName, strongest)));
        }

        return [.. grounds.OrderByDescending(static ground => ground.Points).Select(static ground => ground.Ground)];
    }
}

/// <summary>One ground.</summary>
/// <param name="Label">The label that the rule put on the event, as the reply had it; of the model, its name.</param>
/// <param name="Feature">What was looked at; null: the event as a whole.</param>
internal sealed record CallerGround(string Label, Feature? Feature);
