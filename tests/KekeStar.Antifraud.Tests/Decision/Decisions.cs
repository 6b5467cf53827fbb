using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Decision;

/// <summary>One event before its decision, with the shipped policy.</summary>
internal sealed class Decisions
{
    internal static readonly Policy Shipped = PolicyLoader.Load(DefaultPolicy.ReadBytes()).Policy!;

    internal static readonly Scene[] Scenes = [.. Enum.GetValues<Scene>().Where(scene => scene != Scene.Unspecified)];

    private readonly FakeTimeProvider _time = new(IntakeUnderTest.Now);
    private readonly ListBook _lists;

    internal Decisions(Scene scene = Scene.Login)
    {
        var intake = new IntakeUnderTest();
        _lists = new ListBook(_time, intake.Ring);
        Event.Clear();
        Event.Keys = intake.Keys;
        Event.Scene = scene;
        Event.SetEventId("e-1"u8);
        Decision.Policy = Shipped;
    }

    internal ScoreEvent Event { get; } = new();

    internal FeatureVector Features { get; } = new(FeatureCatalogue.Count);

    internal EventDecision Decision { get; } = new();

    internal ScenePolicy Thresholds => Shipped.SceneOf(Event.Scene);

    /// <summary>Puts an entity of the event on a list.</summary>
    internal void List(int slot, ListKind list, int seconds = 60)
    {
        Event.Entity(slot) = new Pseudonym(1, (ulong)slot + 1);
        var expires = _time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds();
        _lists.Apply(new ListEntry(1, EntitySlot.Kind(slot), Event.Entity(slot), list, expires).ToLine());
    }

    internal void PassedChallenge(double minutesAgo) =>
        Features.Set(FeatureCatalogue.Index(SingleFeature.StepUpPassedMinutes), minutesAgo);

    internal Verdict Decide(int score, StoreStatus store = StoreStatus.Ok, Risk leading = Risk.Bot)
    {
        var byRisk = new double[Risks.Count];
        byRisk[(int)leading] = score;
        Decision.Rules.SetScores(score, byRisk);
        return DecideAsEvaluated(store);
    }

    /// <summary>Decides on what the rules said before.</summary>
    internal Verdict DecideAsEvaluated(StoreStatus store)
    {
        new Decider(_lists).Decide(Event, store, Features, Decision);
        return Decision.Verdict;
    }
}
