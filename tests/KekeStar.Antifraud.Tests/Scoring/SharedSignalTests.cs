using CsCheck;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Lists;
using KekeStar.Antifraud.Tests.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Xunit.Abstractions;

namespace KekeStar.Antifraud.Tests.Scoring;

/// <summary>
/// What people share without knowing each other, a device, a network, an access point, a card, a model, a software list or a
/// recording, never rejects anybody by itself, whatever it says and wherever.
/// </summary>
public sealed class SharedSignalTests(ITestOutputHelper output)
{
    private static readonly Antifraud.Scoring.Policy Policy = TestPolicies.Load(TestPolicies.Document());

    private static readonly Decider Decider = new(new ListBook(TimeProvider.System, new IntakeUnderTest().Ring));

    private static readonly Gen<Scene> AnyScene = Gen.Int[1, (int)Scene.ChangeCredential].Select(scene => (Scene)scene);

    public static TheoryData<SharedSignal> Signals => new(Enum.GetValues<SharedSignal>().Where(signal => signal != SharedSignal.None));

    [Theory]
    [MemberData(nameof(Signals))]
    public void No_shared_signal_rejects_by_itself(SharedSignal signal)
    {
        var own = FeaturesOf(signal);
        var highest = 0;
        Gen.Select(AnyScene, Gen.Double[0, 1].Array[own.Length], Gen.Int[0, 4]).Sample(
            (scene, shares, shape) =>
            {
                var (verdict, score) = Judge(scene, Fill(own, shares, shape));
                highest = Math.Max(highest, score);
                return verdict is > V1.Verdict.Unspecified and < V1.Verdict.Reject;
            },
            iter: 3_000,
            threads: 1);
        output.WriteLine(FormattableString.Invariant($"{signal}: {own.Length} features, highest score {highest}, cap {Policy.CapOf(signal)}"));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Each_shared_signal_is_heard_so_that_its_cap_is_put_to_the_test(SharedSignal signal)
    {
        Assert.Contains(Policy.Rules.ToArray(), rule => rule is { IsEnabled: true, IsShadow: false, Weight: > 0 } && rule.CappedBy == signal);
        var own = FeaturesOf(signal);
        var heard = 0;
        Gen.Select(AnyScene, Gen.Double[0, 1].Array[own.Length], Gen.Int[0, 4]).Sample(
            (scene, shares, shape) => heard = Math.Max(heard, Judge(scene, Fill(own, shares, shape)).Score), iter: 3_000, threads: 1);
        Assert.True(heard > 0, "No values of this signal's features raise any score.");
    }

    private static Feature[] FeaturesOf(SharedSignal signal) => [.. FeatureCatalogue.All.ToArray().Where(feature => feature.SharedSignal == signal)];

    // Everything at its maximum, everything small, everything high, flags and counts at random, or some of it unknown.
    private static FeatureVector Fill(Feature[] features, double[] shares, int shape)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        for (var index = 0; index < features.Length; index++)
        {
            var share = shape switch
            {
                0 => 1,
                1 => shares[index] * shares[index] * shares[index],
                2 => 1 - (0.2 * shares[index]),
                _ => shares[index],
            };
            if (shape == 4 && shares[index] < 0.3)
            {
                continue;
            }

            var value = share * features[index].Maximum;
            vector.Set(features[index].Index, features[index].IsFlag || value > 2 ? Math.Round(value) : value);
        }

        return vector;
    }

    private static (Verdict Verdict, int Score) Judge(Scene scene, FeatureVector features)
    {
        var scoreEvent = new ScoreEvent();
        scoreEvent.Clear();
        scoreEvent.Scene = scene;
        var decision = new EventDecision { Policy = Policy };
        Policy.Evaluate(scene, features, decision.Rules);
        Decider.Decide(scoreEvent, StoreStatus.Ok, features, decision);
        return (decision.Verdict, decision.Rules.Score);
    }
}
