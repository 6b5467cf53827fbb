using CsCheck;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Scoring.Model;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Decision.Counterfactuals;

public sealed class CounterfactualSearchTests
{
    private static readonly Policy Shipped = TestPolicies.Load(TestPolicies.Document());
    private static readonly Policy WithModel = TestModels.In(TestModels.Make(1));

    [Fact]
    public void The_largest_count_that_still_passes_is_named()
    {
        var answer = Search("device.accounts_1h >= 4", 300, new AntifraudVector().With("device.accounts_1h", 7));

        Assert.Equal(CounterfactualOutcome.Found, answer.Outcome);
        var way = Assert.Single(answer.Ways);
        Assert.Equal((Verdict.Pass, "device.accounts_1h ≤ 3"), (way.Verdict, Assert.Single(way.Bounds).ToString()));
        Assert.Equal(7, way.Bounds[0].Value);
    }

    [Fact]
    public void What_needs_least_change_comes_first()
    {
        var answer = Search(
            "device.accounts_1h >= 4 && device.events_1h >= 30",
            300,
            new AntifraudVector().With("device.accounts_1h", 7).With("device.events_1h", 31));

        Assert.Equal(["device.events_1h ≤ 29", "device.accounts_1h ≤ 3"], answer.Ways.Select(static way => Assert.Single(way.Bounds).ToString()), StringComparer.Ordinal);
    }

    [Fact]
    public void A_flag_and_a_share_and_an_age_have_bounds_of_their_own()
    {
        Assert.Equal("software.hook = 0", Only("software.hook", new AntifraudVector().With("software.hook", 1)));
        Assert.Equal("ip.regularity_1h ≤ 0.7999", Only("ip.regularity_1h >= 0.8", new AntifraudVector().With("ip.regularity_1h", 0.95)));
        Assert.Equal("ip.regularity_1h ≤ 0.8", Only("ip.regularity_1h > 0.8", new AntifraudVector().With("ip.regularity_1h", 0.95)));
        Assert.Equal("account.age_days ≥ 1.5", Only("account.age_days < 1.5", new AntifraudVector().With("account.age_days", 0.25)));
    }

    [Fact]
    public void A_bound_that_depends_on_another_feature_is_found()
    {
        var vector = new AntifraudVector().With("ip.registrations_1h", 20).With("ip.events_1h", 20);

        Assert.Equal(
            ["ip.registrations_1h ≤ 16"],
            Search("ip.registrations_1h > 0.8 * ip.events_1h && ip.registrations_1h >= 5", 300, vector).Ways.Select(static way => way.Bounds[0].ToString()).Where(static text => text.Contains("registrations", StringComparison.Ordinal)), StringComparer.Ordinal);
    }

    [Fact]
    public void A_count_that_the_event_is_in_does_not_fall_to_nothing()
    {
        // What 0 alone fulfils is no way out: an attempt counts itself.
        var answer = Search("account.events_1h >= 1 && captcha.failed", 300, new AntifraudVector().With("account.events_1h", 3).With("captcha.failed", 1));

        Assert.Equal("captcha.failed = 0", Assert.Single(Assert.Single(answer.Ways).Bounds).ToString());
    }

    [Fact]
    public void Two_features_are_named_where_one_is_not_enough()
    {
        var policy = TestPolicies.Load(TestPolicies.With(
            TestPolicies.Rule("a", "software.hook", 300), TestPolicies.Rule("b", "vendor.score >= 500", 300)));

        var answer = CounterfactualSearch.Run(Event(policy, new AntifraudVector().With("software.hook", 1).With("vendor.score", 700)));

        Assert.Equal(["software.hook = 0", "vendor.score ≤ 499"], Assert.Single(answer.Ways).Bounds.Select(static bound => bound.ToString()), StringComparer.Ordinal);
    }

    [Fact]
    public void Where_it_cannot_pass_the_mildest_that_can_be_reached_is_named()
    {
        // Of five flags with 260 each, four may change: one is left, and that is a review.
        var names = new[] { "software.hook", "software.root", "software.emulator", "software.cloud_phone", "software.group_control" };
        var policy = TestPolicies.Load(TestPolicies.With([.. names.Select(static (name, i) => TestPolicies.Rule($"r{i}", name, 260))]));
        var vector = new AntifraudVector();
        foreach (var name in names)
        {
            vector.With(name, 1);
        }

        var answer = CounterfactualSearch.Run(Event(policy, vector));

        Assert.All(answer.Ways, static way => Assert.Equal((Verdict.Review, 4), (way.Verdict, way.Bounds.Count)));
        Assert.Equal(CounterfactualLimits.MaxWays, answer.Ways.Count);
    }

    [Theory]
    [InlineData(ListKind.Deny, StoreStatus.Ok, 900, nameof(CounterfactualOutcome.Listed))]
    [InlineData(ListKind.Allow, StoreStatus.Ok, 900, nameof(CounterfactualOutcome.Passed))]
    [InlineData(ListKind.Unspecified, StoreStatus.Ok, 100, nameof(CounterfactualOutcome.Passed))]
    [InlineData(ListKind.Grey, StoreStatus.Ok, 100, nameof(CounterfactualOutcome.Held))]
    [InlineData(ListKind.Unspecified, StoreStatus.Timeout, 100, nameof(CounterfactualOutcome.Held))]
    public void Where_features_change_nothing_it_says_why(ListKind list, StoreStatus store, int weight, string outcome)
    {
        var policy = TestPolicies.Load(TestPolicies.With(TestPolicies.Rule("hook", "software.hook", weight)));

        var answer = CounterfactualSearch.Run(new DecidedEvent(policy, Scene.Login, 1, list, store, new AntifraudVector().With("software.hook", 1).Vector));

        Assert.Equal(outcome, answer.Outcome.ToString());
        Assert.Empty(answer.Ways);
    }

    [Theory]
    [InlineData(ListKind.Grey, StoreStatus.Ok)]
    [InlineData(ListKind.Unspecified, StoreStatus.Unavailable)]
    public void A_grey_list_and_a_degraded_answer_leave_no_more_than_their_floor(ListKind list, StoreStatus store)
    {
        var policy = TestPolicies.Load(TestPolicies.With(TestPolicies.Rule("hook", "software.hook", 900)));

        var answer = CounterfactualSearch.Run(new DecidedEvent(policy, Scene.Login, 1, list, store, new AntifraudVector().With("software.hook", 1).Vector));

        Assert.Equal(Verdict.Review, Assert.Single(answer.Ways).Verdict);
    }

    [Fact]
    public void Every_statement_is_true_for_all_values_that_it_speaks_of()
    {
        var (found, together, ofModel) = (0, 0, 0);
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var random = new Random(seed);
                var decided = RandomEvent(random);
                var answer = CounterfactualSearch.Run(decided);
                foreach (var way in answer.Ways)
                {
                    CheckAll(decided, way, random);
                    CheckWidest(decided, way);
                    found++;
                    together += way.Bounds.Count > 1 ? 1 : 0;
                    ofModel += decided.Policy == WithModel ? 1 : 0;
                }
            },
            iter: 1_000,
            threads: 1);
        Assert.True(found > 300 && together > 100 && ofModel > 100, $"{found} {together} {ofModel}");
    }

    [Fact]
    public void Of_too_many_values_to_try_them_all_fewer_are_claimed()
    {
        var policy = TestPolicies.Load(TestPolicies.With(
            TestPolicies.Rule("a", "account.events_1h >= 200", 300), TestPolicies.Rule("b", "account.failures_1h >= 200", 300), TestPolicies.Rule("c", "software.hook", 300)));
        var vector = new AntifraudVector().With("account.events_1h", 250).With("account.failures_1h", 250).With("software.hook", 1);

        var way = Assert.Single(CounterfactualSearch.Run(Event(policy, vector)).Ways);

        // 16 values each of three features are 4,096 combinations.
        Assert.Equal(["account.events_1h ≤ 15", "account.failures_1h ≤ 15", "software.hook = 0"], way.Bounds.Select(static bound => bound.ToString()).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void No_more_candidates_are_looked_at_than_the_limit_and_no_more_is_tried()
    {
        var flags = FeatureCatalogue.All.ToArray().Where(static feature => feature.IsFlag && feature.Name.StartsWith("software.", StringComparison.Ordinal) || feature.Name.StartsWith("consistency.", StringComparison.Ordinal) && feature.IsFlag).ToList();
        Assert.True(flags.Count > CounterfactualLimits.MaxCandidates);
        var vector = new AntifraudVector();
        flags.ForEach(flag => vector.With(flag.Name, 1));
        var decided = Event(TestPolicies.Load(TestPolicies.With([.. flags.Select(static (flag, i) => TestPolicies.Rule($"r{i}", flag.Name, 100))])), vector);
        var decision = new EventDecision();
        decided.Decide(decided.Features, decision);

        Assert.Equal(CounterfactualLimits.MaxCandidates, Candidate.Collect(decided, decision).Count);
        Assert.Equal(CounterfactualOutcome.NotFound, CounterfactualSearch.Run(decided).Outcome);

        var bench = new TrialBench(decided);
        for (var i = 0; i < CounterfactualLimits.MaxTries; i++)
        {
            Assert.False(bench.IsExhausted);
            Assert.True(bench.Passes([], Verdict.Reject));
        }

        Assert.True(bench.IsExhausted);
        Assert.False(bench.Passes([], Verdict.Reject));
    }

    private static string Only(string when, AntifraudVector vector) =>
        Assert.Single(Assert.Single(Search(when, 300, vector).Ways).Bounds).ToString();

    private static CounterfactualAnswer Search(string when, int weight, AntifraudVector vector)
    {
        var document = TestPolicies.With(TestPolicies.Rule("rule", when, weight));
        foreach (var scene in document["scenes"]!.AsObject())
        {
            scene.Value!["review"] = 100;
        }

        document["signal_caps"]!["device"] = 300;
        document.Remove("threshold_jitter");
        return CounterfactualSearch.Run(Event(TestPolicies.Load(document), vector));
    }

    private static DecidedEvent Event(Policy policy, AntifraudVector vector) =>
        new(policy, Scene.Login, Entity: 0, ListKind.Unspecified, StoreStatus.Ok, vector.Vector);

    // Few features known, or nearly every rule fires and nothing passes whatever is changed.
    private static DecidedEvent RandomEvent(Random random)
    {
        var scenes = Enum.GetValues<Scene>();
        var list = random.Next(6) == 0 ? ListKind.Grey : ListKind.Unspecified;
        var store = random.Next(8) == 0 ? StoreStatus.Timeout : StoreStatus.Ok;
        return new DecidedEvent(
            random.Next(2) == 0 ? Shipped : WithModel,
            scenes[random.Next(1, scenes.Length)],
            (ulong)random.NextInt64(),
            list,
            store,
            TestModels.Vector(random, unknown: 0.9 + (0.09 * random.NextDouble())));
    }

    // Every whole number of single features; else values at random, the corners among them.
    private static void CheckAll(DecidedEvent decided, Counterfactual way, Random random)
    {
        Check(decided, way, [.. way.Bounds.Select(static bound => bound.Bound)]);
        Check(decided, way, [.. way.Bounds.Select(static bound => bound.End)]);
        if (way.Bounds is [{ Feature.Unit: not ("ratio" or "days" or "minutes") } only])
        {
            for (var value = Math.Min(only.End, only.Bound); value <= Math.Max(only.End, only.Bound); value++)
            {
                Check(decided, way, [value]);
            }
        }

        for (var i = 0; i < 50; i++)
        {
            Check(decided, way, [.. way.Bounds.Select(bound => Between(bound, random))]);
        }
    }

    private static double Between(FeatureBound bound, Random random)
    {
        var value = bound.End + (random.NextDouble() * (bound.Bound - bound.End));
        return bound.Feature.Unit is "ratio" or "days" or "minutes" ? value : Math.Round(value);
    }

    private static void Check(DecidedEvent decided, Counterfactual way, double[] values) => Assert.True(
        VerdictAt(decided, way, values) <= way.Verdict,
        $"{string.Join(", ", way.Bounds)} at {string.Join(", ", values)} is not {way.Verdict}");

    // The next whole number breaks it, and without any one of its features it does not hold.
    private static void CheckWidest(DecidedEvent decided, Counterfactual way)
    {
        if (way.Bounds is [{ Feature.Unit: not ("ratio" or "days" or "minutes") } only])
        {
            Assert.True(VerdictAt(decided, way, [only.Bound + (only.IsMost ? 1 : -1)]) > way.Verdict, $"{only} could be wider");
        }

        for (var left = 0; left < way.Bounds.Count; left++)
        {
            double[] values = [.. way.Bounds.Select((bound, place) => place == left ? bound.Value : Math.Abs(bound.Bound))];
            Assert.True(VerdictAt(decided, way, values) > way.Verdict, $"{way.Bounds[left]} is not needed");
        }
    }

    private static Verdict VerdictAt(DecidedEvent decided, Counterfactual way, double[] values)
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        var decision = new EventDecision();
        PossibleFeatures.Apply(decided.Features, [.. way.Bounds.Select((bound, place) => (bound.Feature.Index, values[place]))], features);
        decided.Decide(features, decision);
        return decision.Verdict;
    }
}
