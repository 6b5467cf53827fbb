using CsCheck;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Decision;

public sealed class ScoreStepsTests
{
    private static readonly Policy Policy = TestModels.In(TestModels.Make(1));

    [Fact]
    public void Caps_reliefs_and_the_model_each_have_their_step()
    {
        // Two rules on one capped signal, a relief, and a flag: 250 + 250 capped at 400, + 180 − 100.
        var policy = TestPolicies.Load(TestPolicies.With(
            TestPolicies.Rule("a", "device.accounts_1h >= 3", 250),
            TestPolicies.Rule("b", "device.accounts_24h >= 3", 250),
            TestPolicies.Rule("c", "software.hook", 180),
            TestPolicies.Rule("d", "captcha.passed", -100)));
        var vector = new AntifraudVector().With("device.accounts_1h", 5).With("device.accounts_24h", 5).With("software.hook", 1).With("captcha.passed", 1);

        Assert.Equal(new ScoreSteps(680, -100, -100, 0, 0), Steps(policy, vector));
        Assert.Equal(480, Steps(policy, vector).Score);
    }

    [Fact]
    public void The_bounds_of_the_scale_have_theirs()
    {
        var policy = TestPolicies.Load(TestPolicies.With(
            TestPolicies.Rule("a", "software.hook", 700), TestPolicies.Rule("b", "software.root", 600), TestPolicies.Rule("c", "captcha.passed", -100)));

        Assert.Equal(new ScoreSteps(1_300, 0, 0, -300, 0), Steps(policy, new AntifraudVector().With("software.hook", 1).With("software.root", 1)));
        Assert.Equal(new ScoreSteps(0, 0, -100, 100, 0), Steps(policy, new AntifraudVector().With("captcha.passed", 1)));
    }

    [Fact]
    public void Bounds_are_no_step_where_the_sum_lies_within_the_scale() => Gen.Int[0, int.MaxValue].Sample(
        static seed =>
        {
            var random = new Random(seed);
            var decision = new EventDecision { Policy = Policy };
            Policy.Evaluate(Scene.Login, TestModels.Vector(random, unknown: 0.95), decision.Rules);

            var steps = ScoreSteps.Of(decision);

            var sum = steps.Raised + steps.Capped + steps.Lowered;
            Assert.Equal(Math.Clamp(sum, 0, 1_000) - sum, steps.Bounded);
            Assert.Equal(decision.Rules.Models.Contribution, steps.Model);
            Assert.Equal(decision.Rules.Score, steps.Score);
        },
        iter: 1_000,
        threads: 1);

    private static ScoreSteps Steps(Policy policy, AntifraudVector vector)
    {
        var decision = new EventDecision { Policy = policy };
        policy.Evaluate(Scene.Login, vector.Vector, decision.Rules);
        return ScoreSteps.Of(decision);
    }
}
