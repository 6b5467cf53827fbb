using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Expressions;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring;

/// <summary>The joined methods against each rule's condition compiled by itself.</summary>
public sealed class JoinedConditionsTests
{
    private const int PoolSize = 300;

    private static readonly string[] Operators = [">", ">=", "<", "<=", "==", "!="];

    [Fact]
    public void Of_any_number_of_rules_those_fire_whose_own_condition_holds()
    {
        var pool = Pool(new Random(1));
        var outcome = new RuleOutcome();
        var methodsThatFired = new HashSet<int>();
        var shadows = 0;
        Gen.Select(Gen.Int[1, 3 * JoinedConditions.RulesPerMethod], Gen.Int[0, int.MaxValue]).Sample(
            (count, seed) =>
            {
                var random = new Random(seed);
                var policy = TestPolicies.Load(TestPolicies.With([.. Enumerable.Range(0, count).Select(i => Rule(i, pool, random))]));
                var alone = policy.Rules.ToArray().Select(static rule => rule.Condition.Compile()).ToArray();
                for (var round = 0; round < 10; round++)
                {
                    var vector = Vector(random);
                    policy.Evaluate(Scene.Login, vector, outcome);

                    var holding = policy.Rules.ToArray().Where(rule =>
                        rule.IsEnabled && (rule.Scenes & (1 << (int)Scene.Login)) != 0 && alone[rule.Index](vector.Values)).ToArray();
                    Assert.Equal(holding.Where(static rule => !rule.IsShadow).Select(static rule => rule.Index), outcome.Fired.ToArray());
                    Assert.Equal(holding.Where(static rule => rule.IsShadow).Select(static rule => rule.Index), outcome.Shadow.ToArray());
                    methodsThatFired.UnionWith(holding.Select(static rule => rule.Index / JoinedConditions.RulesPerMethod));
                    shadows += outcome.ShadowCount;
                }
            },
            iter: 40,
            threads: 1);

        Assert.Equal(3, methodsThatFired.Count);
        Assert.True(shadows > 0, "No shadow rule ever fired.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(JoinedConditions.RulesPerMethod - 1)]
    [InlineData(JoinedConditions.RulesPerMethod)]
    [InlineData(JoinedConditions.RulesPerMethod + 1)]
    [InlineData(PolicyLimits.MaxRules)]
    public void Every_rule_has_a_bit_of_its_own(int count)
    {
        // Rule n alone holds from the value n on: each value names the last rule that fires.
        var rules = Enumerable.Range(0, count).Select(static i => TestPolicies.Rule(
            string.Create(CultureInfo.InvariantCulture, $"r{i}"),
            string.Create(CultureInfo.InvariantCulture, $"vendor.score >= {i}"),
            1)).ToArray();
        var policy = TestPolicies.Load(TestPolicies.With(rules));
        var outcome = new RuleOutcome();
        for (var value = 0; value < count; value += Math.Max(1, count / 97))
        {
            policy.Evaluate(Scene.Login, new AntifraudVector().With("vendor.score", value).Vector, outcome);
            Assert.Equal(Enumerable.Range(0, value + 1), outcome.Fired.ToArray());
        }
    }

    private static JsonObject Rule(int index, List<(string When, int Weight)> pool, Random random)
    {
        var (when, weight) = pool[random.Next(pool.Count)];
        var rule = TestPolicies.Rule(
            string.Create(CultureInfo.InvariantCulture, $"r{index}"), when, weight, scene: random.Next(8) == 0 ? "REGISTER" : "LOGIN");
        rule["enabled"] = random.Next(10) != 0;
        rule["shadow"] = random.Next(6) == 0;
        return rule;
    }

    // Conditions at random, of which those are kept that a policy may have.
    private static List<(string When, int Weight)> Pool(Random random)
    {
        var pool = new List<(string When, int Weight)>();
        while (pool.Count < PoolSize)
        {
            var when = Condition(random, depth: 2);
            var weight = random.Next(2) == 0 ? 10 : -10;
            if (RuleCompiler.Compile(when, weight > 0, static (_, _, _) => { }) is not null)
            {
                pool.Add((when, weight));
            }
        }

        return pool;
    }

    private static string Condition(Random random, int depth) => random.Next(depth == 0 ? 2 : 6) switch
    {
        0 or 1 => $"{Number(random, 1)} {Operators[random.Next(Operators.Length)]} {Number(random, 1)}",
        2 => $"({Condition(random, depth - 1)}) && {Condition(random, depth - 1)}",
        3 => $"({Condition(random, depth - 1)} || {Condition(random, depth - 1)})",
        4 => $"!({Condition(random, depth - 1)})",
        _ => FeatureCatalogue.All.ToArray().Where(static feature => feature.IsFlag).ElementAt(random.Next(20)).Name,
    };

    private static string Number(Random random, int depth) => random.Next(depth == 0 ? 2 : 6) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(12)}"),
        1 => Feature(random),
        2 => $"({Number(random, 0)} - {Number(random, 0)})",
        3 => $"{Number(random, 0)} / {Number(random, 0)}",
        4 => $"{Number(random, 0)} * 0.5",
        _ => Feature(random),
    };

    private static string Feature(Random random)
    {
        string name;
        do
        {
            name = FeatureCatalogue.At(random.Next(FeatureCatalogue.Count)).Name;
        }
        while (FeatureCatalogue.Find(name)!.IsFlag);

        return name;
    }

    // A third is unknown; small numbers, so that comparisons come out either way and as equal.
    private static FeatureVector Vector(Random random)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        foreach (var feature in FeatureCatalogue.All)
        {
            if (random.Next(3) != 0)
            {
                vector.Set(feature.Index, feature.IsFlag ? random.Next(2) : random.Next(12), atLeast: random.Next(4) == 0);
            }
        }

        return vector;
    }
}
