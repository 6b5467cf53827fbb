using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>All that a verdict rests on.</summary>
/// <param name="Policy">The policy that decided.</param>
/// <param name="Scene">The event's scene.</param>
/// <param name="Entity">Whose thresholds it meets: <see cref="ThresholdJitter.EntityOf(ulong, ulong)"/>.</param>
/// <param name="List">The list that an entity of it stood on; Unspecified: none.</param>
/// <param name="Store">How asking the store ended.</param>
/// <param name="Features">The event's features; left as they are.</param>
internal sealed record DecidedEvent(Policy Policy, Scene Scene, ulong Entity, ListKind List, StoreStatus Store, FeatureVector Features)
{
    /// <summary>Decides about it with other features.</summary>
    /// <param name="features">The features.</param>
    /// <param name="decision">Receives what comes of it.</param>
    public void Decide(FeatureVector features, EventDecision decision)
    {
        decision.Policy = Policy;
        DecisionReplay.Run(Scene, Entity, List, Store, features, decision);
    }
}
