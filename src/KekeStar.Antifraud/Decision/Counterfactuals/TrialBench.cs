using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>Decides about an event with some features changed, by the code that decides events, as often as the limit allows.</summary>
/// <param name="decided">The event.</param>
internal sealed class TrialBench(DecidedEvent decided)
{
    private readonly FeatureVector _features = new(FeatureCatalogue.Count);
    private readonly EventDecision _decision = new();
    private int _left = CounterfactualLimits.MaxTries;

    /// <summary>The event.</summary>
    public DecidedEvent Decided => decided;

    /// <summary>True once nothing more is tried.</summary>
    public bool IsExhausted => _left <= 0;

    /// <summary>The features of the last trial.</summary>
    public FeatureVector Features => _features;

    /// <summary>True if the changes lead to a verdict, or to a milder one; false as well once the limit is reached.</summary>
    /// <param name="changes">Features by index, with their new values.</param>
    /// <param name="verdict">The verdict.</param>
    public bool Passes(ReadOnlySpan<(int Feature, double Value)> changes, Verdict verdict)
    {
        if (IsExhausted)
        {
            return false;
        }

        _left--;
        PossibleFeatures.Apply(decided.Features, changes, _features);
        decided.Decide(_features, _decision);
        return _decision.Verdict <= verdict;
    }
}
