using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>
/// The receipt of a decision: its record, the policy that decided, and what comes out when it is decided again. It is kept nowhere; it follows from
/// the record and the policy. For analysts: what a caller may see of it is <see cref="CallerReceipt"/>.
/// </summary>
internal sealed record Receipt
{
    /// <summary>The record.</summary>
    public required DecisionRow Row { get; init; }

    /// <summary>What its decision rests on: the policy of its hash and the features that it keeps among them.</summary>
    public required DecidedEvent Inputs { get; init; }

    /// <summary>Known features of the record that this build does not know; with any, the receipt rests on less than the decision did.</summary>
    public required int GoneFeatures { get; init; }

    /// <summary>What was decided again.</summary>
    public required EventDecision Decision { get; init; }

    /// <summary>What the model added, by input.</summary>
    public required ModelSplit Split { get; init; }

    /// <summary>How far what was added is from its sum at most, see <see cref="Rederivation.SumError"/>.</summary>
    public required double SumError { get; init; }

    /// <summary>What of the record does not follow; empty: it is derived again, identical.</summary>
    public required IReadOnlyList<ReceiptDifference> Differences { get; init; }

    /// <summary>The policy that decided.</summary>
    public Policy Policy => Inputs.Policy;

    /// <summary>Decides about a record again.</summary>
    /// <param name="row">The record.</param>
    /// <param name="features">Its features; the receipt keeps them.</param>
    /// <param name="goneFeatures">Known features of it that this build does not know.</param>
    /// <param name="policy">The policy of its hash.</param>
    /// <returns>The receipt; null: this build does not know the record's scene.</returns>
    public static Receipt? Of(DecisionRow row, FeatureVector features, int goneFeatures, Policy policy)
    {
        var rederivation = new Rederivation();
        var differences = rederivation.Run(row, features, policy);
        return rederivation.Decision.Policy is null ? null : new Receipt
        {
            Row = row,
            Inputs = row.Under(policy, features),
            GoneFeatures = goneFeatures,
            Decision = rederivation.Decision,
            Split = rederivation.Split,
            SumError = rederivation.SumError,
            Differences = differences,
        };
    }

    /// <summary>Looks for what would have made the verdict milder; some tenths of a second at most.</summary>
    public CounterfactualAnswer FindCounterfactuals() => CounterfactualSearch.Run(Inputs);
}
