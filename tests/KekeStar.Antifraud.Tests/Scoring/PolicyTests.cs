using System.Text.Json.Nodes;
using CsCheck;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring;

[Collection(nameof(AllocationCollection))]
public sealed class PolicyTests
{
    private static readonly Policy Default = TestPolicies.Load(TestPolicies.Document());

    [Fact]
    public void Only_rules_of_the_scene_run()
    {
        var policy = TestPolicies.Load(TestPolicies.With(
            TestPolicies.Rule("login", "captcha.failed", 100, scene: "LOGIN"),
            TestPolicies.Rule("register", "captcha.failed", 200, scene: "REGISTER")));
        var outcome = new RuleOutcome();

        policy.Evaluate(Scene.Register, new AntifraudVector().With("captcha.failed", 1).Vector, outcome);

        Assert.Equal([1], outcome.Fired.ToArray());
        Assert.Equal(200, outcome.Score);
    }

    [Fact]
    public void Rules_on_one_shared_signal_are_scaled_down_to_its_cap_together()
    {
        var outcome = Evaluate(
            new AntifraudVector().With("device.accounts_1h", 9).With("ip.accounts_1h", 9),
            TestPolicies.Rule("a", "device.accounts_1h > 5", 600, "batch_registration"),
            TestPolicies.Rule("b", "device.accounts_1h > 7", 200),
            TestPolicies.Rule("c", "ip.accounts_1h > 5", 100));

        // The shipped cap of the device is 400.
        Assert.Equal([300.0, 100.0, 100.0], outcome.Contributions.ToArray());
        Assert.Equal(500, outcome.Score);
        Assert.Equal((300, 200, 0), (outcome.SubScore(Risk.BatchRegistration), outcome.SubScore(Risk.Bot), outcome.SubScore(Risk.AccountTheft)));
        Assert.Equal(Risk.BatchRegistration, outcome.LeadingRisk);
    }

    [Fact]
    public void A_rule_that_needs_two_shared_signals_is_not_capped()
    {
        var outcome = Evaluate(
            new AntifraudVector().With("device.accounts_1h", 9).With("ip.accounts_1h", 9),
            TestPolicies.Rule("both", "device.accounts_1h > 5 && ip.accounts_1h > 5", 900));

        Assert.Equal(900, outcome.Score);
    }

    [Fact]
    public void What_goes_past_the_ends_of_the_scale_is_taken_from_the_side_that_went_past()
    {
        var high = Evaluate(
            new AntifraudVector().With("captcha.failed", 1).With("captcha.pending", 1),
            TestPolicies.Rule("a", "captcha.failed", 1_000),
            TestPolicies.Rule("b", "captcha.failed", 600),
            TestPolicies.Rule("c", "captcha.pending", -200));
        Assert.Equal([750.0, 450.0, -200.0], high.Contributions.ToArray());
        Assert.Equal(1_000, high.Score);

        var low = Evaluate(
            new AntifraudVector().With("captcha.failed", 1).With("captcha.pending", 1),
            TestPolicies.Rule("a", "captcha.failed", 100),
            TestPolicies.Rule("b", "captcha.pending", -300),
            TestPolicies.Rule("c", "captcha.pending", -100));
        Assert.Equal([100.0, -75.0, -25.0], low.Contributions.ToArray());
        Assert.Equal(0, low.Score);
    }

    [Fact]
    public void At_least_is_said_if_a_rule_that_fired_rests_on_a_lower_bound()
    {
        static JsonObject[] Rules() => [TestPolicies.Rule("a", "ip.accounts_1h > 5", 100), TestPolicies.Rule("b", "captcha.failed", 100)];

        Assert.True(Evaluate(new AntifraudVector().With("ip.accounts_1h", 256, atLeast: true), Rules()).AtLeast);
        Assert.False(Evaluate(new AntifraudVector().With("ip.accounts_1h", 200), Rules()).AtLeast);
        Assert.False(Evaluate(new AntifraudVector().With("ip.accounts_1h", 2, atLeast: true).With("captcha.failed", 1), Rules()).AtLeast);
    }

    [Fact]
    public void The_thresholds_give_the_verdict()
    {
        var scene = Default.SceneOf(Scene.Login);

        Assert.Equal(Verdict.Pass, scene.VerdictFor(scene.Review - 1, 0));
        Assert.Equal(Verdict.Review, scene.VerdictFor(scene.Review, 0));
        Assert.Equal(Verdict.Challenge, scene.VerdictFor(scene.Challenge, 0));
        Assert.Equal(Verdict.Challenge, scene.VerdictFor(scene.Reject - 1, 0));
        Assert.Equal(Verdict.Reject, scene.VerdictFor(scene.Reject, 0));
        Assert.Equal(Verdict.Reject, scene.VerdictFor(1_000, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Default.SceneOf(Scene.Unspecified));
    }

    [Fact]
    public void A_shift_moves_all_thresholds_together()
    {
        for (var shift = -100; shift <= 100; shift++)
        {
            foreach (var scene in Enumerable.Range(1, 8).Select(static scene => Default.SceneOf((Scene)scene)))
            {
                foreach (var (threshold, from) in new[] { (scene.Review, Verdict.Review), (scene.Challenge, Verdict.Challenge), (scene.Reject, Verdict.Reject) })
                {
                    Assert.Equal(from, scene.VerdictFor(threshold + shift, shift));
                    Assert.Equal(from - 1, scene.VerdictFor(threshold + shift - 1, shift));
                }
            }
        }
    }

    [Fact]
    public void Contributions_sum_to_the_score_whatever_fires()
    {
        var outcome = new RuleOutcome();
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, int.MaxValue]).Sample(
            (scene, seed) =>
            {
                Default.Evaluate((Scene)scene, RandomVector(seed, static _ => true), outcome);

                var sum = 0.0;
                foreach (var contribution in outcome.Contributions)
                {
                    sum += contribution;
                }

                Assert.InRange(outcome.Score, 0, 1_000);
                Assert.Equal(outcome.Score, sum, 1e-6);
                foreach (var risk in Enum.GetValues<Risk>())
                {
                    Assert.InRange(outcome.SubScore(risk), 0, 1_000);
                }
            },
            iter: 20_000,
            threads: 1);
    }

    [Theory]
    [InlineData(SharedSignal.Device)]
    [InlineData(SharedSignal.Network)]
    [InlineData(SharedSignal.AccessPoint)]
    [InlineData(SharedSignal.Sim)]
    [InlineData(SharedSignal.Cohort)]
    public void No_shared_signal_alone_rejects_whatever_the_rules(SharedSignal signal)
    {
        // Rules at random over all signals, each of the heaviest weight: only the caps are in the way.
        string[] groups = ["device", "imei", "ip", "ip_prefix", "bssid", "sim", "cohort"];
        string[] conditions = [.. groups.Select(group => $"{group}.accounts_1h > 5"), "ip.events_1h >= 1", "cohort.registrations_1h < 3"];
        var reject = Enumerable.Range(1, 8).Min(scene => Default.SceneOf((Scene)scene).Reject) - Default.Jitter.Reach;
        var outcome = new RuleOutcome();
        var highest = 0;
        Gen.Select(Gen.Int[0, conditions.Length - 1].Array[1, 3].Array[1, 12], Gen.Int[0, int.MaxValue]).Sample(
            (picks, seed) =>
            {
                // What holds for every event is refused by itself, and no agreement beside something else.
                var rules = picks.Select((pick, i) => TestPolicies.Rule($"r{i}", string.Join(" && ", pick.Select(p => conditions[p])), 1_000)).ToArray();
                var sound = rules.Where(rule => TestPolicies.Read(TestPolicies.With(rule.DeepClone().AsObject())).Policy is not null).ToArray();
                if (sound.Length == 0)
                {
                    return;
                }

                var policy = TestPolicies.Load(TestPolicies.With([.. sound]));
                policy.Evaluate(Scene.Login, RandomVector(seed, feature => feature.SharedSignal == signal), outcome);

                highest = Math.Max(highest, outcome.Score);
                Assert.True(outcome.Score < reject, $"{signal} alone gave {outcome.Score}.");
            },
            iter: 150,
            threads: 1);

        Assert.True(highest > 0, "No rule ever fired.");
    }

    [Fact]
    public void No_shared_signal_alone_rejects_under_the_shipped_policy()
    {
        var outcome = new RuleOutcome();
        foreach (var signal in Enum.GetValues<SharedSignal>().Where(signal => signal != SharedSignal.None))
        {
            Gen.Select(Gen.Int[1, 8], Gen.Int[0, int.MaxValue]).Sample(
                (scene, seed) =>
                {
                    Default.Evaluate((Scene)scene, RandomVector(seed, feature => feature.SharedSignal == signal), outcome);
                    Assert.True(outcome.Score < Default.SceneOf((Scene)scene).Reject - Default.Jitter.Reach, $"{signal} alone rejects in {(Scene)scene}.");
                    Assert.True(outcome.Score <= Default.CapOf(signal));
                },
                iter: 3_000,
                threads: 1);
        }
    }

    [Fact]
    public void Refusing_a_category_never_raises_the_score()
    {
        var outcome = new RuleOutcome();
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, int.MaxValue], Gen.Int[2, 7]).Sample(
            (scene, seed, refused) =>
            {
                var vector = RandomVector(seed, static _ => true);
                Default.Evaluate((Scene)scene, vector, outcome);
                var granted = outcome.Score;
                foreach (var feature in FeatureCatalogue.All)
                {
                    if ((int)feature.Consent == refused)
                    {
                        vector.Set(feature.Index, double.NaN);
                    }
                    else if (feature.FallsWithAbsence)
                    {
                        vector.Set(feature.Index, Math.Max(0, vector.Values[feature.Index] - 1));
                    }
                }

                Default.Evaluate((Scene)scene, vector, outcome);
                Assert.True(outcome.Score <= granted, $"Refusing {(ConsentCategory)refused} raised {granted} to {outcome.Score}.");
            },
            iter: 10_000,
            threads: 1);
    }

    [Fact]
    public void Evaluating_allocates_nothing()
    {
        var outcome = new RuleOutcome();
        var vector = RandomVector(7, static _ => true);
        Default.Evaluate(Scene.Register, vector, outcome);
        Assert.True(outcome.Count > 5);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Default.Evaluate(Scene.Register, vector, outcome);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RuleOutcome Evaluate(AntifraudVector features, params JsonObject[] rules)
    {
        var outcome = new RuleOutcome();
        TestPolicies.Load(TestPolicies.With(rules)).Evaluate(Scene.Login, features.Vector, outcome);
        return outcome;
    }

    // Features that are not chosen are at rest: those of a lone event.
    private static FeatureVector RandomVector(int seed, Func<Feature, bool> chosen)
    {
        var random = new Random(seed);
        var vector = new FeatureVector(FeatureCatalogue.Count);
        foreach (var feature in FeatureCatalogue.All)
        {
            if (chosen(feature))
            {
                var value = feature.Maximum == 1 && feature.Unit != "ratio" ? random.Next(2) : feature.Maximum * random.NextDouble();
                vector.Set(feature.Index, feature.Unit is "ratio" or "flag" ? value : Math.Floor(value));
            }
            else
            {
                // As for an event alone in the world: it counts itself in its windows, but no other device sent its recording.
                var countsItself = feature.WindowSeconds > 0 && feature.Unit is "events" or "registrations" or "accounts" or "devices";
                vector.Set(feature.Index, feature.IsOneAlone || countsItself ? 1 : 0);
            }
        }

        return vector;
    }
}
