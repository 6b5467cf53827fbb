using CsCheck;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Decision.Counterfactuals;

public sealed class BreakpointsTests
{
    private static readonly (PolicyRule Rule, Func<double[], bool> Holds)[] Rules =
    [
        .. TestPolicies.Load(TestPolicies.Document()).Rules.ToArray().Concat(TestPolicies.Load(TestPolicies.With(
            TestPolicies.Rule("sum", "2 * ip.events_1h - 3 * ip.accounts_1h > 10 || ip.events_1h == 4", 10),
            TestPolicies.Rule("product", "ip.events_1h * ip.accounts_1h >= 20 && -ip.events_1h < 3", 10),
            TestPolicies.Rule("quotient", "ip.events_1h / (ip.accounts_1h + 1) > 2.5", 10))).Rules.ToArray())
            .Select(static rule => (rule, rule.Condition.Compile())),
    ];

    [Fact]
    public void Between_two_of_them_a_condition_stays_what_it_is() => Gen.Int[0, int.MaxValue].Sample(
        static seed =>
        {
            var random = new Random(seed);
            var (rule, holds) = Rules[random.Next(Rules.Length)];
            var values = TestModels.Vector(random, unknown: 0.1).Values;
            var feature = rule.Features[random.Next(rule.Features.Length)];
            var found = new List<double>();
            if (!Breakpoints.TryAdd(rule.Condition.Body, feature, values, found))
            {
                return;
            }

            double[] breaks = [-1, .. found.Where(static value => value is > -1 and < 300).Order().Distinct(), 300];
            for (var i = 1; i < breaks.Length; i++)
            {
                var inside = Enumerable.Range(0, 4).Select(_ => breaks[i - 1] + ((breaks[i] - breaks[i - 1]) * (0.001 + (0.998 * random.NextDouble())))).ToList();
                var truths = inside.ConvertAll(value =>
                {
                    values[feature] = value;
                    return holds(values);
                });
                Assert.True(truths.TrueForAll(truth => truth == truths[0]), $"{rule.When}: {string.Join(' ', inside)}");
            }
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void What_is_no_straight_line_is_said_to_be_unknown()
    {
        var rule = TestPolicies.Load(TestPolicies.With(TestPolicies.Rule("curve", "ip.accounts_1h / ip.events_1h > 0.5 && ip.devices_1h * ip.devices_1h > 9", 10))).Rules[0];
        var values = TestModels.Vector(new Random(1), unknown: 0).Values;

        Assert.True(Breakpoints.TryAdd(rule.Condition.Body, rule.Features[0], values, []));
        Assert.False(Breakpoints.TryAdd(rule.Condition.Body, rule.Features[1], values, []));
        Assert.False(Breakpoints.TryAdd(rule.Condition.Body, rule.Features[2], values, []));
        Assert.True(Breakpoints.IsJoined(rule.Condition.Body, rule.Features[0], rule.Features[1]));
        Assert.False(Breakpoints.IsJoined(rule.Condition.Body, rule.Features[0], rule.Features[2]));
    }
}
