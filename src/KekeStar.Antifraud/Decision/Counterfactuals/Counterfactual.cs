using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>
/// What would have made a verdict milder: with these features at values within their bounds, and all others as they were, the policy gives
/// the other verdict. Each combination of values was decided by the code that decides events. It says how the policy works, and nothing about
/// what caused the behaviour.
/// </summary>
/// <param name="Verdict">The verdict that it would be, or a milder one.</param>
/// <param name="Bounds">The features, all of which have to change; 1 to <see cref="CounterfactualLimits.MaxFeatures"/>.</param>
internal sealed record Counterfactual(Verdict Verdict, IReadOnlyList<FeatureBound> Bounds)
{
    /// <summary>How much would have to change, over all features.</summary>
    public double Effort => Bounds.Sum(static bound => bound.Effort);
}

/// <summary>What a search found.</summary>
/// <param name="Outcome">Whether there is a way, or why not.</param>
/// <param name="Ways">The ways, that of the least change first; empty unless one was found.</param>
internal sealed record CounterfactualAnswer(CounterfactualOutcome Outcome, IReadOnlyList<Counterfactual> Ways);

/// <summary>Whether other features would have led to a milder verdict.</summary>
internal enum CounterfactualOutcome
{
    /// <summary>They would.</summary>
    Found,

    /// <summary>The event passes: there is no milder verdict.</summary>
    Passed,

    /// <summary>A list decided, whatever the features.</summary>
    Listed,

    /// <summary>The answer rests on less than it should, or an entity is on the grey list, and the verdict is the mildest that this leaves.</summary>
    Held,

    /// <summary>No change of up to <see cref="CounterfactualLimits.MaxFeatures"/> of the features tried was found to do it.</summary>
    NotFound,
}
