using CsCheck;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

[Collection(nameof(AllocationCollection))]
public sealed class PolicyModelTests
{
    private static readonly Gen<(int Scene, int Seed)> Event = Gen.Select(Gen.Int[1, Policy.SceneCount - 1], Gen.Int[0, int.MaxValue]);
    private static readonly Policy[] Policies = [.. Enumerable.Range(0, 8).Select(static seed => TestModels.In(TestModels.Make(seed)))];

    [Fact]
    public void The_model_adds_less_the_higher_the_rules_are()
    {
        var model = new PolicyModel(TestModels.Make(1), 500);

        Assert.Equal(0, model.Add(0, 300));
        Assert.Equal(500, model.Add(1, 0));
        Assert.Equal(250, model.Add(1, 500));
        Assert.Equal(0, model.Add(1, 1_000));
        Assert.Equal(0, model.Model.ByRisk[0].Excess(0.01));
        Assert.Equal(0.5, model.Model.ByRisk[0].Excess(0.51), 1e-12);
        Assert.Equal(1, model.Model.ByRisk[0].Excess(1));
    }

    [Fact]
    public void The_score_is_that_of_the_formula_and_contributions_sum_to_it()
    {
        var (alone, both) = (new RuleOutcome(), new RuleOutcome());
        var shipped = TestPolicies.Load(TestPolicies.Document());
        var probabilities = new double[Risks.Count];
        var added = 0;
        Event.Sample(
            e =>
            {
                var policy = Policies[e.Seed % Policies.Length];
                var vector = TestModels.Vector(new Random(e.Seed), unknown: 0.5);
                shipped.Evaluate((Scene)e.Scene, vector, alone);
                policy.Evaluate((Scene)e.Scene, vector, both);

                policy.Model!.Model.Evaluate((Scene)e.Scene, vector, probabilities);
                var largest = Enumerable.Range(0, Risks.Count).Max(risk => 500 * Math.Max(0, (probabilities[risk] - 0.02) / 0.98));
                Assert.Equal(alone.Score + (largest * (1 - (alone.Score / 1000.0))), both.Score, 0.5 + 1e-9);
                Assert.Equal(both.Score, both.Contributions.ToArray().Sum() + both.Models.Contribution, 1e-6);
                Assert.Equal(probabilities, both.Models.Probabilities.ToArray());
                Assert.Equal(alone.Score, both.Models.RuleScore);
                Assert.All(Enum.GetValues<Risk>(), risk => Assert.InRange(both.SubScore(risk), alone.SubScore(risk), 1_000));
                added += both.Models.Contribution > 0 ? 1 : 0;
            },
            iter: 3_000,
            threads: 1);
        Assert.InRange(added, 300, 2_999);
    }

    [Fact]
    public void A_shadow_model_adds_nothing_and_says_what_it_would()
    {
        var (live, shadowed, shadow) = (new RuleOutcome(), new RuleOutcome(), new RuleOutcome());
        var (first, second) = (TestModels.Make(1), TestModels.Make(2));
        var (withoutShadow, withShadow, promoted) = (TestModels.In(first), TestModels.In(first, 500, second), TestModels.In(second));
        Event.Sample(
            e =>
            {
                var vector = TestModels.Vector(new Random(e.Seed), unknown: 0.6);
                withoutShadow.Evaluate((Scene)e.Scene, vector, live);
                withShadow.Evaluate((Scene)e.Scene, vector, shadowed);
                promoted.Evaluate((Scene)e.Scene, vector, shadow);

                Assert.Equal(live.Score, shadowed.Score);
                Assert.Equal(shadow.Score, shadowed.Models.ShadowScore);
                Assert.Equal(-1, live.Models.ShadowScore);
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void A_refusal_of_any_categories_never_raises_the_score()
    {
        // Bit n of the subset: the category n is refused; ESSENTIAL cannot be.
        var outcome = new RuleOutcome();
        Gen.Select(Event, Gen.Int[1, 63]).Sample(
            (e, subset) =>
            {
                var policy = Policies[e.Seed % Policies.Length];
                var vector = TestModels.Vector(new Random(e.Seed));
                policy.Evaluate((Scene)e.Scene, vector, outcome);
                var (granted, probabilities) = (outcome.Score, outcome.Models.Probabilities.ToArray());
                foreach (var feature in FeatureCatalogue.All)
                {
                    if (feature.Consent != ConsentCategory.Essential && (subset & (1 << ((int)feature.Consent - 2))) != 0)
                    {
                        vector.Set(feature.Index, double.NaN);
                    }
                    else if (feature.FallsWithAbsence)
                    {
                        vector.Set(feature.Index, Math.Max(0, vector.Values[feature.Index] - 1));
                    }
                }

                policy.Evaluate((Scene)e.Scene, vector, outcome);

                Assert.True(outcome.Score <= granted, $"Refusing raised {granted} to {outcome.Score}.");
                Assert.All(Enum.GetValues<Risk>(), risk => Assert.True(outcome.Models.Probabilities[(int)risk] <= probabilities[(int)risk]));
            },
            iter: 4_000,
            threads: 1);
    }

    [Fact]
    public void More_accounts_never_lower_the_score()
    {
        var outcome = new RuleOutcome();
        int[] counts = [.. FeatureCatalogue.All.ToArray().Where(static feature => feature.Unit == "accounts").Select(static feature => feature.Index)];
        Gen.Select(Event, Gen.Int[0, counts.Length - 1], Gen.Int[1, 50]).Sample(
            (e, which, more) =>
            {
                var policy = Policies[e.Seed % Policies.Length];
                var vector = TestModels.Vector(new Random(e.Seed));
                policy.Evaluate((Scene)e.Scene, vector, outcome);
                var (before, probabilities) = (outcome.Score, outcome.Models.Probabilities.ToArray());
                var value = vector.Values[counts[which]];
                vector.Set(counts[which], (double.IsNaN(value) ? 0 : value) + more);

                policy.Evaluate((Scene)e.Scene, vector, outcome);

                Assert.True(outcome.Score >= before, $"{FeatureCatalogue.At(counts[which]).Name} + {more} lowered {before} to {outcome.Score}.");
                Assert.All(Enum.GetValues<Risk>(), risk => Assert.True(outcome.Models.Probabilities[(int)risk] >= probabilities[(int)risk]));
            },
            iter: 4_000,
            threads: 1);
    }

    [Fact]
    public void Evaluating_rules_and_two_models_allocates_nothing()
    {
        var policy = TestModels.In(TestModels.Make(1), 500, TestModels.Make(2));
        var outcome = new RuleOutcome();
        var vector = TestModels.Vector(new Random(7), unknown: 0.9);
        policy.Evaluate(Scene.Register, vector, outcome);
        Assert.True(outcome.Models.Contribution > 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            policy.Evaluate(Scene.Register, vector, outcome);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
