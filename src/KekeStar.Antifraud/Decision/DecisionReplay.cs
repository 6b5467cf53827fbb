using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision;

/// <summary>
/// Decides again about an event whose features were kept: what would a policy say of it? Runs the code that decides about events, and
/// reads and writes neither windows nor lists.
/// </summary>
internal static class DecisionReplay
{
    /// <summary>Decides under a policy.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="entity">Whose thresholds it meets, out of the recorded pseudonyms: <see cref="ThresholdJitter.EntityOf(ulong, ulong)"/>.</param>
    /// <param name="list">The list that an entity of it stood on; Unspecified: none.</param>
    /// <param name="store">How asking the store ended.</param>
    /// <param name="features">The event's features in the order of this build's catalogue.</param>
    /// <param name="decision">Holds the policy; receives all but the labels, which do not rest on it.</param>
    public static void Run(Scene scene, ulong entity, ListKind list, StoreStatus store, FeatureVector features, EventDecision decision)
    {
        decision.Policy.Evaluate(scene, features, decision.Rules);
        Decider.Conclude(scene, entity, list, store, features, decision);
    }
}
