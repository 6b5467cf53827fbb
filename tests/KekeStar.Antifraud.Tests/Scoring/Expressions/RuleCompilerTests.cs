using System.Globalization;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Expressions;

namespace KekeStar.Antifraud.Tests.Scoring.Expressions;

public sealed class RuleCompilerTests
{
    [Theory]
    [InlineData("device.accounts_1h >= 5", "device.accounts_1h=5", true)]
    [InlineData("device.accounts_1h >= 5", "device.accounts_1h=4", false)]
    [InlineData("device.accounts_1h >= 5", "", false)]
    [InlineData("captcha.failed", "captcha.failed=1", true)]
    [InlineData("captcha.failed", "captcha.failed=0", false)]
    [InlineData("!captcha.failed && vendor.score > 1/2", "captcha.failed=0 vendor.score=0.6", true)]
    [InlineData("!captcha.failed && vendor.score > 1/2", "captcha.failed=0 vendor.score=0.4", false)]
    [InlineData("account.registrations_1h > 0.8 * account.events_1h", "account.registrations_1h=9 account.events_1h=10", true)]
    [InlineData("account.registrations_1h / account.events_1h > 0.8", "account.registrations_1h=8 account.events_1h=10", false)]
    [InlineData("vendor.score <= 5", "", false)]
    [InlineData("vendor.score < 5", "", false)]
    [InlineData("vendor.score > 5", "", false)]
    [InlineData("vendor.score == 5", "", false)]
    [InlineData("account.known", "", false)]
    [InlineData("vendor.score * 0 < 5", "", false)]
    [InlineData("account.failures_1h / account.registrations_1h > 3", "account.failures_1h=0 account.registrations_1h=0", false)]
    [InlineData("(captcha.failed || captcha.pending) && account.age_days < 2", "captcha.failed=0 captcha.pending=1 account.age_days=1", true)]
    [InlineData("account.events_1h - 2 * account.failures_1h >= -3 + 5", "account.events_1h=10 account.failures_1h=4", true)]
    [InlineData("captcha.failed || captcha.pending && vendor.score > 9", "captcha.failed=1 captcha.pending=0", true)]
    public void A_condition_means_what_it_says(string when, string values, bool expected)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        foreach (var pair in values.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=');
            vector.Set(FeatureCatalogue.Find(parts[0])!.Index, double.Parse(parts[1], CultureInfo.InvariantCulture));
        }

        Assert.Equal(expected, Compile(when).Condition.Compile()(vector.Values));
    }

    [Theory]
    [InlineData("device.account_1h >= 5", 1, "device.accounts_1h")]
    [InlineData("captcha.failed && ip.acounts_1h > 3", 19, "ip.accounts_1h")]
    [InlineData("captcha.failed and captcha.pending", 16, "&&")]
    [InlineData("captcha.failed == true", 19, "a flag by itself")]
    [InlineData("captcha.failed = captcha.pending", 16, "features, numbers")]
    [InlineData("vendor.score > 1e3", 16, "a decimal number")]
    [InlineData("vendor.score > 1.2.3", 16, "a decimal number")]
    [InlineData("vendor.score > \"5\"", 16, "features, numbers")]
    [InlineData("vendor.score.ToString() > 5", 1, "vendor.score")]
    [InlineData("vendor.score[0] > 5", 13, "features, numbers")]
    [InlineData("vendor.score > 5 ? 1 : 2", 18, "features, numbers")]
    [InlineData("System.Math.Abs(vendor.score) > 5", 1, "a feature of the catalogue")]
    [InlineData("it > 5", 1, "a feature of the catalogue")]
    [InlineData("$ > 5", 1, "features, numbers")]
    [InlineData("new(5) > vendor.score", 1, "a feature of the catalogue")]
    [InlineData("values > 5", 1, "a feature of the catalogue")]
    [InlineData("f1 > vendor.score", 1, "a feature of the catalogue")]
    [InlineData("vendor.score >", 15, "a condition")]
    [InlineData("(vendor.score > 5", 18, "a condition")]
    [InlineData("vendor.score > 5)", 17, "a condition")]
    [InlineData("vendor.score", 1, "a condition")]
    [InlineData("vendor.score + 5", 1, "a condition")]
    [InlineData("captcha.failed > 5", 16, "a condition")]
    [InlineData("captcha.failed == captcha.pending", 1, "comparisons, arithmetic")]
    [InlineData("5 > 4", 1, "a feature takes part in")]
    [InlineData("!!!captcha.failed", 3, "one '-' or '!'")]
    public void What_is_not_allowed_is_refused_where_it_stands(string when, int column, string allowed)
    {
        var errors = Refused(when);

        Assert.Contains(errors, error => error.Column == column && error.Allowed.Contains(allowed, StringComparison.Ordinal));
    }

    [Fact]
    public void All_errors_of_an_expression_are_listed()
    {
        Assert.Equal([1, 21, 26], Refused("devic.accounts_1h > ? && ip.xyz > 1 && vendor.score < 9").Select(error => error.Column));
    }

    [Fact]
    public void Parentheses_nest_to_the_limit_and_no_deeper()
    {
        Compile(new string('(', 32) + "captcha.failed" + new string(')', 32));
        Assert.Contains(Refused(new string('(', 33) + "captcha.failed" + new string(')', 33)), error => error.Column == 33);
    }

    [Theory]
    [InlineData("account.known != account.known", "comparisons")]
    [InlineData("!account.known", "absence cannot make true")]
    [InlineData("vendor.score != 5", "absence cannot make true")]
    [InlineData("!(vendor.score < 5)", "absence cannot make true")]
    [InlineData("captcha.failed || !(account.known && vendor.score < 5)", "absence cannot make true")]
    [InlineData("device.identifiers <= 1", "only lower bounds")]
    [InlineData("identifier.accounts_1h == 1", "only lower bounds")]
    [InlineData("ip.accounts_1h > 3 * ip.devices_1h", "only lower bounds")]
    [InlineData("10 - sim.accounts_1h > 8", "only lower bounds")]
    public void Absence_alone_never_makes_a_rule_raise_the_score(string when, string allowed)
    {
        Assert.Contains(Refused(when), error => error.Allowed.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("!captcha.passed")]
    [InlineData("!(vendor.score != 700)")]
    [InlineData("device.registrations_1h < 5 && captcha.failed")]
    [InlineData("2 < identifier.accounts_1h")]
    [InlineData("0 - ip.devices_1h < -8")]
    [InlineData("ip.devices_1h >= 0.5 * ip.accounts_1h && ip.accounts_1h > 9")]
    public void What_absence_makes_false_may_raise_the_score(string when) => Compile(when);

    [Theory]
    [InlineData("device.accounts_1h < 2", "Essential only")]
    [InlineData("motion.samples > 5", "Essential only")]
    [InlineData("account.known && !account.new_device", "Essential only")]
    [InlineData("ip.devices_1h > 20", "only upper bounds")]
    public void Relief_never_rests_on_what_a_user_may_refuse(string when, string allowed)
    {
        Assert.Contains(Refused(when, raises: false), error => error.Allowed.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("account.devices_7d <= 2")]
    [InlineData("!account.new_network && account.known")]
    public void Relief_rests_on_essential_features(string when) => Compile(when, raises: false);

    [Theory]
    [InlineData("device.accounts_1h > 256", "up to 256")]
    [InlineData("device.accounts_1h >= 257", "up to 256")]
    [InlineData("captcha.failed && 300 < ip.events_24h", "up to 256")]
    [InlineData("ip.events_24h / 2 > 128", "up to 256")]
    [InlineData("vendor.score > 1000", "0 to 1000")]
    [InlineData("ip.regularity_1h > 1", "0 to 1")]
    [InlineData("account.failures_1h < 0", "up to 256")]
    public void A_threshold_that_no_event_reaches_is_refused(string when, string allowed)
    {
        Assert.Contains(Refused(when), error => error.Allowed.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("device.accounts_1h >= 256", SharedSignal.Device)]
    [InlineData("imei.accounts_1h >= 5 && mac.accounts_1h >= 5", SharedSignal.Device)]
    [InlineData("ip.accounts_1h >= 5 && captcha.failed", SharedSignal.Network)]
    [InlineData("ip.accounts_1h >= 5 || captcha.failed", SharedSignal.Network)]
    [InlineData("motion.constant && software.hook", SharedSignal.None)]
    [InlineData("account.failures_1h >= 5", SharedSignal.None)]
    [InlineData("device.accounts_1h >= 5 && ip.accounts_1h >= 5", SharedSignal.None)]
    [InlineData("device.accounts_1h >= 5 && (ip.accounts_1h >= 5 || captcha.failed)", SharedSignal.Device)]
    [InlineData("device.accounts_1h >= 5 && ip.events_1h >= 1", SharedSignal.Device)]
    [InlineData("device.accounts_1h >= 5 && ip.registrations_1h < 5", SharedSignal.Device)]
    [InlineData("device.accounts_1h >= 5 && ip.registrations_1h >= 0.5 * ip.events_1h", SharedSignal.Device)]
    [InlineData("bssid.registrations_1h >= 8 && sim.registrations_24h >= 2", SharedSignal.None)]
    [InlineData("ip.registrations_1h >= 8 && similar.registration_share >= 0.9", SharedSignal.Network)]
    [InlineData("ip.registrations_1h >= 8 && similar.prefix_registrations >= 1", SharedSignal.Network)]
    [InlineData("ip.registrations_1h >= 8 && similar.prefix_registrations >= 8", SharedSignal.None)]
    public void The_shared_signal_on_which_a_rule_can_fire_alone_is_found(string when, SharedSignal expected) =>
        Assert.Equal(expected, Compile(when).CappedBy);

    [Theory]
    [InlineData("device.accounts_1h >= 5 || ip.accounts_1h >= 5")]
    [InlineData("device.accounts_1h + ip.accounts_1h >= 50")]
    public void Alternatives_on_different_signals_are_refused(string when) =>
        Assert.Contains(Refused(when), error => error.Allowed.Contains("write two rules", StringComparison.Ordinal));

    [Theory]
    [InlineData("ip.events_1h >= 1")]
    [InlineData("similar.device_share >= 0.9 && cohort.prefix_share >= 0.9")]
    [InlineData("cohort.registrations_1h < 3")]
    [InlineData("captcha.failed || ip.events_1h >= 1")]
    [InlineData("ip.registrations_1h >= 0.5 * ip.events_1h")]
    public void Evidence_that_every_event_gives_is_refused(string when) =>
        Assert.Contains(Refused(when), error => error.Allowed.Contains("more than one event gives", StringComparison.Ordinal));

    [Fact]
    public void The_features_are_listed_once_in_the_order_of_the_text()
    {
        var features = Compile("ip.registrations_1h >= 10 && ip.registrations_1h > 0.8 * ip.events_1h").Features;

        Assert.Equal("ip.registrations_1h ip.events_1h", string.Join(' ', features.Select(index => FeatureCatalogue.At(index).Name)));
    }

    private static CompiledCondition Compile(string when, bool raises = true)
    {
        var errors = new List<string>();
        var compiled = RuleCompiler.Compile(when, raises, (column, seen, allowed) => errors.Add($"{column}: {seen}; {allowed}"));
        Assert.Empty(errors);
        return compiled!;
    }

    private static List<(int Column, string Seen, string Allowed)> Refused(string when, bool raises = true)
    {
        var errors = new List<(int, string, string)>();
        Assert.Null(RuleCompiler.Compile(when, raises, (column, seen, allowed) => errors.Add((column, seen, allowed))));
        Assert.NotEmpty(errors);
        return errors;
    }
}
