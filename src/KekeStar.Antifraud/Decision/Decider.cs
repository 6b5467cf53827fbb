using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Decision;

/// <summary>
/// Turns a score into a verdict. Lists come first, then the scene's thresholds, then what softens (a challenge passed
/// lately) and what hardens (an answer that rests on less than it should).
/// </summary>
internal sealed class Decider
{
    private readonly ListBook _lists;

    /// <summary>Decides with the lists of a book.</summary>
    public Decider(ListBook lists) => _lists = lists;

    /// <summary>Decides about an event whose rules were evaluated.</summary>
    /// <param name="scoreEvent">The event.</param>
    /// <param name="store">How asking the store ended.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="decision">Holds the policy and the rules' outcome; receives the verdict.</param>
    public void Decide(ScoreEvent scoreEvent, StoreStatus store, FeatureVector features, EventDecision decision) =>
        Conclude(scoreEvent.Scene, ThresholdJitter.EntityOf(scoreEvent), FindOnLists(scoreEvent), store, features, decision);

    /// <summary>The same where it is known what the lists said.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="entity">Whose thresholds it meets: <see cref="ThresholdJitter.EntityOf(ulong, ulong)"/>.</param>
    /// <param name="list">The list that an entity of the event stands on; Unspecified: none.</param>
    /// <param name="store">How asking the store ended.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="decision">Holds the policy and the rules' outcome; receives the verdict.</param>
    public static void Conclude(Scene scene, ulong entity, ListKind list, StoreStatus store, FeatureVector features, EventDecision decision)
    {
        decision.Store = store;
        decision.List = list;
        decision.ThresholdShift = decision.Policy.Jitter.ShiftOf(scene, entity);
        decision.IsStepUpExempt = false;
        decision.Challenge = ChallengeKind.Unspecified;
        decision.Verdict = list switch
        {
            ListKind.Deny => Verdict.Reject,
            ListKind.Allow => Verdict.Pass,
            _ => Weigh(decision.Policy.SceneOf(scene), features, decision),
        };
        if (decision.Verdict == Verdict.Challenge)
        {
            decision.Challenge = decision.Policy.SceneOf(scene).ChallengeFor(decision.Rules.LeadingRisk);
        }
    }

    /// <summary>The mildest verdict that list and store leave, whatever the score.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="list">The list that an entity of the event stands on; neither Deny nor Allow, which decide by themselves.</param>
    /// <param name="store">How asking the store ended.</param>
    public static Verdict FloorOf(ScenePolicy scene, ListKind list, StoreStatus store)
    {
        var floor = list == ListKind.Grey ? Verdict.Review : Verdict.Pass;
        return store != StoreStatus.Ok && scene.DegradedFloor > floor ? scene.DegradedFloor : floor;
    }

    private static Verdict Weigh(ScenePolicy scene, FeatureVector features, EventDecision decision)
    {
        var verdict = scene.VerdictFor(decision.Rules.Score, decision.ThresholdShift);
        if (verdict == Verdict.Challenge
            && features.Values[FeatureCatalogue.Index(SingleFeature.StepUpPassedMinutes)] < scene.StepUpExemption.TotalMinutes)
        {
            // Whoever passed a challenge on this device is not asked again and again; REJECT is not softened.
            decision.IsStepUpExempt = true;
            verdict = Verdict.Pass;
        }

        var floor = FloorOf(scene, decision.List, decision.Store);
        return verdict < floor ? floor : verdict;
    }

    /// <summary>Deny before allow before grey, whichever entity stands on it.</summary>
    private ListKind FindOnLists(ScoreEvent scoreEvent)
    {
        var found = ListKind.Unspecified;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            switch (_lists.Find(EntitySlot.Kind(slot), scoreEvent.Entity(slot), scoreEvent.OtherEntity(slot)))
            {
                case ListKind.Deny:
                    return ListKind.Deny;
                case ListKind.Allow:
                    found = ListKind.Allow;
                    break;
                case ListKind.Grey when found == ListKind.Unspecified:
                    found = ListKind.Grey;
                    break;
            }
        }

        return found;
    }
}
