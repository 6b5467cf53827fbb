using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring;

/// <summary>What the shipped policy does to the people and the attacks that it was written for.</summary>
public sealed class DefaultPolicyTests
{
    private static readonly Policy Policy = TestPolicies.Load(TestPolicies.Document());

    [Fact]
    public void The_shipped_policy_has_no_errors()
    {
        var result = PolicyLoader.Load(DefaultPolicy.ReadBytes());

        Assert.Empty(result.Errors);
        Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Scoring", "default-policy.json")), DefaultPolicy.ReadBytes());
    }

    [Fact]
    public void One_place_alone_never_rejects_though_it_shows_in_three_signals()
    {
        var place = Policy.CapOf(SharedSignal.Network) + Policy.CapOf(SharedSignal.AccessPoint) + Policy.CapOf(SharedSignal.Cohort);

        Assert.All(Enumerable.Range(1, 8), scene => Assert.True(place < Policy.SceneOf((Scene)scene).Reject - Policy.Jitter.Reach));
    }

    [Theory]
    [InlineData(Scene.Register, true)]
    [InlineData(Scene.Login, false)]
    public void A_single_person_at_home_passes(Scene scene, bool registers)
    {
        var outcome = Evaluate(scene, Person(registers));

        Assert.Equal((0, V1.Verdict.Pass), (outcome.Score, Verdict(scene, outcome)));
    }

    [Fact]
    public void Whoever_refuses_everything_passes_like_anybody()
    {
        var refuser = new AntifraudVector().Alone("ip", registers: true).Alone("ip_prefix", registers: true).Alone("account", registers: true)
            .With("captcha.passed", 0).With("captcha.failed", 0).With("captcha.pending", 0);

        Assert.Equal(0, Evaluate(Scene.Register, refuser).Score);
        Assert.Equal(0, Evaluate(Scene.Register, new AntifraudVector()).Score);
    }

    [Fact]
    public void A_gang_is_challenged_within_its_first_ten_registrations_and_rejected_within_twenty()
    {
        // 30 registrations from 3 devices behind one address and one access point, one every 20 seconds.
        var firstChallenge = 0;
        var firstReject = 0;
        var outcome = new RuleOutcome();
        for (var n = 1; n <= 30; n++)
        {
            var inFiveMinutes = Math.Min(n, 15);
            var byDevice = (n + 2) / 3;
            var byDeviceInFiveMinutes = Math.Min(byDevice, 5);
            outcome = Evaluate(Scene.Register, new AntifraudVector()
                .Alone("account", registers: true)
                .Counts("device", "registrations", 1, byDeviceInFiveMinutes, byDevice, byDevice, byDevice)
                .Counts("device", "events", 1, byDeviceInFiveMinutes, byDevice, byDevice, byDevice)
                .Counts("device", "accounts", 1, byDeviceInFiveMinutes, byDevice, byDevice, byDevice)
                .Counts("identifier", "registrations", 1, byDeviceInFiveMinutes, byDevice, byDevice, byDevice)
                .Counts("ip", "registrations", 3, inFiveMinutes, n, n, n)
                .Counts("ip", "events", 3, inFiveMinutes, n, n, n)
                .Counts("ip", "accounts", 3, inFiveMinutes, n, n, n)
                .Counts("ip_prefix", "registrations", 3, inFiveMinutes, n, n, n)
                .Counts("bssid", "registrations", 3, inFiveMinutes, n, n, n));
            firstChallenge = firstChallenge == 0 && Verdict(Scene.Register, outcome) >= V1.Verdict.Challenge ? n : firstChallenge;
            firstReject = firstReject == 0 && Verdict(Scene.Register, outcome) == V1.Verdict.Reject ? n : firstReject;
        }

        Assert.InRange(firstChallenge, 3, 10);
        Assert.InRange(firstReject, firstChallenge, 20);
        Assert.Equal(V1.Verdict.Reject, Verdict(Scene.Register, outcome));
        Assert.Equal(Risk.BatchRegistration, outcome.LeadingRisk);
        Assert.True(SignalsOf(outcome) >= 2, "The rejection rests on one signal.");
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(60, 25)]
    [InlineData(256, 40)]
    public void Nobody_in_a_dormitory_is_stopped_from_logging_in(int loginsInAnHour, int failures)
    {
        // 500 people, each with an own device, one address, one access point, through a day.
        var outcome = Evaluate(Scene.Login, Dormitory(Person(registers: false), loginsInAnHour, registrationsInAnHour: 1, failures));

        Assert.Equal(V1.Verdict.Pass, Verdict(Scene.Login, outcome));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_few_registrations_in_a_dormitory_pass_or_are_reviewed(int registrationsInAnHour)
    {
        var outcome = Evaluate(Scene.Register, Dormitory(Person(registers: true), 60, registrationsInAnHour, failures: 5));

        Assert.InRange(Verdict(Scene.Register, outcome), V1.Verdict.Pass, V1.Verdict.Review);
    }

    [Fact]
    public void A_scripted_bot_is_challenged_with_a_captcha_and_rejected_when_it_fails_it()
    {
        var bot = Person(registers: false)
            .With("motion.samples", 200).With("motion.constant", 1).With("software.hook", 1).With("software.risk_tools", 1)
            .Counts("account", "events", 6, 30, 300, 256, 256).With("account.regularity_5m", 0.97)
            .Counts("device", "events", 6, 30, 256, 256, 256).With("device.regularity_1h", 0.97);
        var outcome = Evaluate(Scene.SendMessage, bot);

        Assert.InRange(Verdict(Scene.SendMessage, outcome), V1.Verdict.Challenge, V1.Verdict.Reject);
        Assert.Equal(Risk.Bot, outcome.LeadingRisk);
        Assert.Equal(ChallengeKind.Captcha, Policy.SceneOf(Scene.SendMessage).ChallengeFor(outcome.LeadingRisk));
        Assert.Equal(V1.Verdict.Reject, Verdict(Scene.SendMessage, Evaluate(Scene.SendMessage, bot.With("captcha.failed", 1))));
    }

    [Theory]
    [InlineData(Scene.Login, ChallengeKind.KnownDevice)]
    [InlineData(Scene.NewDeviceLogin, ChallengeKind.SmsCode)]
    public void A_stolen_account_is_challenged_on_what_the_owner_has(Scene scene, ChallengeKind challenge)
    {
        var thief = Person(registers: false)
            .With("account.known", 1).With("account.age_days", 6.5).With("account.new_device", 1).With("account.new_network", 1)
            .Counts("account", "failures", 2, 5, 6, 6, 6).Counts("account", "devices", 1, 1, 1, 2, 2);
        var outcome = Evaluate(scene, thief);

        Assert.Equal(V1.Verdict.Challenge, Verdict(scene, outcome));
        Assert.Equal(Risk.AccountTheft, outcome.LeadingRisk);
        Assert.Equal(challenge, Policy.SceneOf(scene).ChallengeFor(outcome.LeadingRisk));
    }

    [Fact]
    public void The_owner_with_a_new_phone_on_the_road_passes()
    {
        var owner = Person(registers: false)
            .With("account.known", 1).With("account.age_days", 6).With("account.new_device", 1).With("account.new_network", 1)
            .Counts("account", "failures", 0, 1, 1, 1, 1);

        Assert.Equal(V1.Verdict.Pass, Verdict(Scene.Login, Evaluate(Scene.Login, owner)));
    }

    [Fact]
    public void An_owner_whose_password_strangers_guess_is_not_shut_out()
    {
        var owner = Person(registers: false)
            .With("account.known", 1).With("account.age_days", 6).With("account.new_device", 0).With("account.new_network", 0)
            .Counts("account", "failures", 5, 20, 100, 200, 200);

        Assert.InRange(Verdict(Scene.Login, Evaluate(Scene.Login, owner)), V1.Verdict.Pass, V1.Verdict.Review);
    }

    [Fact]
    public void Credential_stuffing_from_one_device_behind_one_address_is_challenged()
    {
        var stuffing = Person(registers: false)
            .Counts("device", "failures", 10, 40, 60, 60, 60).Counts("device", "accounts", 10, 40, 60, 60, 60)
            .Counts("ip", "failures", 10, 40, 60, 60, 60).Counts("ip", "accounts", 10, 40, 60, 60, 60).Counts("ip", "events", 10, 42, 62, 62, 62);

        Assert.InRange(Verdict(Scene.Login, Evaluate(Scene.Login, stuffing)), V1.Verdict.Challenge, V1.Verdict.Reject);
    }

    [Fact]
    public void A_busy_host_passes_while_a_new_account_at_the_same_rate_does_not()
    {
        var host = Person(registers: false)
            .With("account.known", 1).With("account.age_days", 7)
            .Counts("account", "events", 45, 150, 256, 256, 256).With("account.regularity_5m", 0.3).With("account.regularity_1h", 0.3);
        var stranger = Person(registers: false)
            .With("account.known", 1).With("account.age_days", 0)
            .Counts("account", "events", 45, 150, 256, 256, 256).With("account.regularity_5m", 0.9).With("account.regularity_1h", 0.9);

        Assert.Equal(V1.Verdict.Pass, Verdict(Scene.SendMessage, Evaluate(Scene.SendMessage, host)));
        Assert.Equal(V1.Verdict.Challenge, Verdict(Scene.SendMessage, Evaluate(Scene.SendMessage, stranger)));
    }

    [Fact]
    public void A_passed_captcha_relaxes_and_a_failed_one_does_the_reverse()
    {
        AntifraudVector Doubtful() => Person(registers: true).With("software.emulator", 1).With("vendor.score", 600).With("software.risk_tools", 1);
        var plain = Evaluate(Scene.Register, Doubtful()).Score;

        Assert.True(Evaluate(Scene.Register, Doubtful().With("captcha.passed", 1)).Score < plain);
        Assert.True(Evaluate(Scene.Register, Doubtful().With("captcha.failed", 1)).Score > plain);
    }

    [Fact]
    public void Confirmed_harassment_weighs_on_the_next_message()
    {
        var outcome = Evaluate(Scene.SendMessage, Person(registers: false)
            .With("account.known", 1).With("account.age_days", 7).Counts("account", "harassment", 0, 0, 0, 1, 3));

        Assert.InRange(Verdict(Scene.SendMessage, outcome), V1.Verdict.Review, V1.Verdict.Challenge);
    }

    [Theory]
    [InlineData("scenes", 8)]
    [InlineData("rules", 35)]
    public void The_policy_is_meant_seriously(string what, int atLeast) =>
        Assert.True((what == "rules" ? Policy.Rules.Length : TestPolicies.Document()["scenes"]!.AsObject().Count) >= atLeast);

    [Fact]
    public void Every_rule_has_its_reason_in_both_languages()
    {
        foreach (var rule in Policy.Rules)
        {
            Assert.Matches("[\u4e00-\u9fff]", rule.ReasonChinese);
            Assert.DoesNotMatch("[\u4e00-\u9fff]", rule.ReasonEnglish);
        }
    }

    private static AntifraudVector Person(bool registers)
    {
        var person = new AntifraudVector();
        foreach (var group in (string[])["account", "device", "identifier", "imei", "android_id", "bssid", "sim", "ip", "ip_prefix", "cohort"])
        {
            person.Alone(group, registers);
        }

        foreach (var feature in FeatureCatalogue.All)
        {
            if (feature.IsFlag)
            {
                person.With(feature.Name, 0);
            }
        }

        return person.With("software.risk_tools", 0).With("motion.samples", 200).With("device.identifiers", 4);
    }

    private static AntifraudVector Dormitory(AntifraudVector person, int eventsInAnHour, int registrationsInAnHour, int failures)
    {
        var soon = Math.Max(1, registrationsInAnHour / 2);
        foreach (var group in (string[])["ip", "ip_prefix", "bssid"])
        {
            person
                .Counts(group, "events", 2, Math.Max(5, eventsInAnHour / 10), Math.Max(10, eventsInAnHour), 256, 256)
                .Counts(group, "accounts", 2, Math.Max(5, eventsInAnHour / 10), Math.Max(10, eventsInAnHour), 250, 250)
                .Counts(group, "devices", 2, Math.Max(5, eventsInAnHour / 10), Math.Max(10, eventsInAnHour), 250, 250)
                .Counts(group, "registrations", 1, soon, registrationsInAnHour, 12, 15)
                .Counts(group, "failures", 0, 1, failures, failures * 2, failures * 2)
                .With($"{group}.regularity_1h", 0.1);
        }

        return person;
    }

    private static RuleOutcome Evaluate(Scene scene, AntifraudVector features)
    {
        var outcome = new RuleOutcome();
        Policy.Evaluate(scene, features.Vector, outcome);
        return outcome;
    }

    private static Verdict Verdict(Scene scene, RuleOutcome outcome) => Policy.SceneOf(scene).VerdictFor(outcome.Score, 0);

    private static int SignalsOf(RuleOutcome outcome)
    {
        var signals = new HashSet<SharedSignal>();
        foreach (var index in outcome.Fired)
        {
            signals.UnionWith(Policy.Rules[index].Features.Select(feature => FeatureCatalogue.At(feature).SharedSignal));
        }

        signals.Remove(SharedSignal.None);
        return signals.Count;
    }
}
