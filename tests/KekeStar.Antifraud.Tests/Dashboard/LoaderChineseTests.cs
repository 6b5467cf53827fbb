using KekeStar.Antifraud.Dashboard.Policies;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Tests.Scoring;

namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>The loader's errors in Chinese: each that a form can bring about, from the real loader.</summary>
public sealed class LoaderChineseTests
{
    // One for each kind of error of the expressions.
    private static readonly (string When, int Weight)[] Wrong =
    [
        ("vendor.score >= 1 &&", 10),
        ("no.such_feature > 1", 10),
        ("vendor.score >= 1 and captcha.failed", 10),
        ("captcha.failed == true", 10),
        ("vendor.score >= 1.2.3", 10),
        ("vendor.score >= 1 ; captcha.failed", 10),
        ("1 > 2", 10),
        ("ip.events_1h > 256", 10),
        ("ip.events_1h >= 1", 10),
        ("vendor.score != 5", 10),
        ("device.accounts_1h >= 5 || ip.accounts_1h >= 5", 10),
        ("software.root", -10),
        ("account.devices_7d < 2", 10),
        ("---1 < vendor.score", 10),
        (new string('(', 40) + "captcha.failed" + new string(')', 40), 10),
    ];

    [Fact]
    public void Every_error_of_an_expression_has_its_Chinese()
    {
        foreach (var (when, weight) in Wrong)
        {
            var errors = TestPolicies.Read(TestPolicies.With(TestPolicies.Rule("rule", when, weight))).Errors;
            Assert.NotEmpty(errors);
            Assert.All(errors, error => AssertChinese(when, error));
        }
    }

    [Fact]
    public void Every_error_of_a_member_has_its_Chinese()
    {
        var document = TestPolicies.With(TestPolicies.Rule("rule", "captcha.failed", 10), TestPolicies.Rule("rule", "captcha.failed", 10));
        var rule = document["rules"]![0]!;
        rule["weight"] = 0;
        rule["label"] = "Not right";
        rule["scenes"] = new System.Text.Json.Nodes.JsonArray();
        rule["reason"] = "text";
        rule["enabled"] = "yes";
        rule["further"] = 1;
        document["rules"]![1]!.AsObject().Remove("when");
        document["version"] = "not right";
        document["scenes"]!["LOGIN"]!["review"] = "a lot";
        document["scenes"]!["REGISTER"]!["challenge"] = 900;
        document["scenes"]!["WITHDRAW"]!["degraded_floor"] = "pass";
        document["signal_caps"]!["device"] = 999;

        var errors = TestPolicies.Read(document).Errors;

        Assert.True(errors.Count > 11, string.Join('\n', errors));
        Assert.All(errors, static error => AssertChinese(error.Path, error));
    }

    [Theory]
    [InlineData("none", 100)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 100)]
    [InlineData("", 1000)]
    public void Every_error_of_a_reference_to_a_model_has_its_Chinese(string hash, int points)
    {
        var document = TestPolicies.With(TestPolicies.Rule("model", "captcha.failed", 10));
        document["model"] = new System.Text.Json.Nodes.JsonObject { ["hash"] = hash.Length == 0 ? KekeStar.Antifraud.Scoring.Model.ShippedModel.Hash : hash, ["points"] = points };

        var errors = TestPolicies.Read(document).Errors;

        Assert.NotEmpty(errors);
        Assert.All(errors, static error => AssertChinese(error.Path, error));
    }

    [Theory]
    [InlineData(51)]
    [InlineData(50)]
    public void Every_error_of_a_jitter_has_its_Chinese(int width)
    {
        var document = TestPolicies.Document();
        document["scenes"]!["JOIN_ROOM"]!["reject"] = 950;
        document["threshold_jitter"]!["width"] = width;

        Assert.All(TestPolicies.Read(document).Errors, static error => AssertChinese(error.Path, error));
        Assert.NotEmpty(TestPolicies.Read(document).Errors);
    }

    // What stands there may be a value as it was typed; what is allowed, the words of the policy.
    private static void AssertChinese(string what, PolicyError error)
    {
        Assert.True(LoaderChinese.Of(error.Seen) is not null || !error.Seen.Contains(' ', StringComparison.Ordinal) || error.Seen.StartsWith('"'), $"{what}: {error.Seen}");
        Assert.True(LoaderChinese.Of(error.Allowed) is not null || error.Allowed.Split(", ").All(static word => !word.Contains(' ', StringComparison.Ordinal)), $"{what}: {error.Allowed}");
    }
}
