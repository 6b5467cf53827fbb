using System.Text;
using System.Text.Json.Nodes;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Tests.Scoring.Loading;

public sealed class PolicyLoaderTests
{
    [Fact]
    public void All_errors_of_a_file_are_listed_at_once_with_path_and_column()
    {
        var document = TestPolicies.With(
            TestPolicies.Rule("good", "captcha.failed", 5),
            TestPolicies.Rule("good", "captcha.failed && device.acounts_1h > 5", 0),
            TestPolicies.Rule("Bad Id", "captcha.failed", 5, risk: "theft", scene: "SIGN_IN"));
        document["version"] = "two words";
        document["scenes"]!["LOGIN"]!["challenge"] = 900;
        document["scenes"]!["REGISTER"]!["degraded_floor"] = "pass";
        document["scenes"]!.AsObject().Remove("JOIN_ROOM");
        document["signal_caps"]!["device"] = 750;
        document["rule"] = 1;

        var errors = TestPolicies.Read(document).Errors.Select(error => error.ToString()).ToArray();

        string[] expected =
        [
            "rule: saw an unknown member; allowed: $schema, version, scenes, signal_caps, threshold_jitter, model, shadow_model, rules",
            "version: saw \"two words\"",
            "scenes.REGISTER.degraded_floor: saw \"pass\"; allowed: review, challenge, reject; pass only beside \"accept_unscored\": true",
            "scenes.LOGIN.reject: saw 800; allowed: more than challenge (900)",
            "scenes.JOIN_ROOM: saw nothing; allowed: an object",
            "signal_caps.device: saw 750; allowed: less than the smallest reject threshold that an entity meets (730)",
            "rules[1].id: saw \"good\", which rules[0] has already",
            "rules[1].weight: saw 0",
            "rules[1].when, column 19: saw \"device.acounts_1h\"; allowed: a feature of the catalogue (docs/features.md); the nearest name is device.accounts_1h",
            "rules[2].id: saw \"Bad Id\"; allowed: characters a-z, 0-9 and _",
            "rules[2].risk: saw \"theft\"; allowed: batch_registration, bot, account_theft",
            "rules[2].scenes: saw \"SIGN_IN\"",
        ];
        Assert.Equal(expected.Length, errors.Length);
        Assert.All(expected.Zip(errors), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"version\":\"1\",\"version\":\"2\"}")]
    [InlineData("{\"version\":\"\\uD800\"}")]
    [InlineData("{\"\\uD800\":1}")]
    [InlineData("{\"version\":\"1\"} // comment")]
    public void What_is_no_policy_at_all_is_refused_without_an_exception(string text)
    {
        var result = PolicyLoader.Load(Encoding.UTF8.GetBytes(text));

        Assert.Null(result.Policy);
        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_without_an_exception() =>
        Assert.NotEmpty(PolicyLoader.Load(new byte[] { (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}' }).Errors);

    [Fact]
    public void A_file_over_one_MiB_is_refused()
    {
        var bytes = new byte[PolicyLimits.MaxFileBytes + 1];
        Array.Fill(bytes, (byte)' ');
        DefaultPolicy.ReadBytes().CopyTo(bytes, 0);

        Assert.Contains("1048577 bytes", Assert.Single(PolicyLoader.Load(bytes).Errors).Seen, StringComparison.Ordinal);
        Assert.Empty(PolicyLoader.Load(bytes.AsMemory(0, PolicyLimits.MaxFileBytes)).Errors);
    }

    [Fact]
    public void A_thousand_rules_are_taken_and_one_more_is_not()
    {
        JsonObject[] Rules(int count) => [.. Enumerable.Range(0, count).Select(i => TestPolicies.Rule($"rule_{i}", "captcha.failed", 5))];

        Assert.Equal(1_000, TestPolicies.Load(TestPolicies.With(Rules(1_000))).Rules.Length);
        var error = Assert.Single(TestPolicies.Read(TestPolicies.With(Rules(1_001))).Errors);
        Assert.Equal(("rules", "1001 rules"), (error.Path, error.Seen));
    }

    [Fact]
    public void An_expression_of_a_thousand_characters_is_taken_and_one_more_is_not()
    {
        var when = "captcha.failed".PadRight(PolicyLimits.MaxExpressionLength);
        TestPolicies.Load(TestPolicies.With(TestPolicies.Rule("long", when, 5)));

        var error = Assert.Single(TestPolicies.Read(TestPolicies.With(TestPolicies.Rule("long", when + " ", 5))).Errors);
        Assert.Equal(("rules[0].when", "1001 characters"), (error.Path, error.Seen));
    }

    [Fact]
    public void Pass_is_a_floor_only_if_the_file_says_that_it_means_it()
    {
        var document = TestPolicies.Document();
        document["scenes"]!["SEND_MESSAGE"]!["degraded_floor"] = "pass";
        Assert.Equal("scenes.SEND_MESSAGE.degraded_floor", Assert.Single(TestPolicies.Read(document).Errors).Path);

        document["scenes"]!["SEND_MESSAGE"]!["accept_unscored"] = true;
        Assert.Equal(V1.Verdict.Pass, TestPolicies.Load(document).SceneOf(V1.Scene.SendMessage).DegradedFloor);
    }

    [Theory]
    [InlineData("""{"width": 0}""", 0)]
    [InlineData("""{"width": 1}""", 1)]
    [InlineData("""{"width": 24}""", 24)]
    [InlineData(null, 0)]
    public void Thresholds_are_moved_as_far_as_the_file_says_and_without_it_not_at_all(string? jitter, int width)
    {
        var document = TestPolicies.WithoutJitter();
        if (jitter is not null)
        {
            document["threshold_jitter"] = JsonNode.Parse(jitter);
        }

        Assert.Equal(width, TestPolicies.Load(document).Jitter.Width);
    }

    [Theory]
    [InlineData("""{"width": 51}""", "threshold_jitter.width: saw 51; allowed: a whole number from 0 to 50")]
    [InlineData("""{"width": -1}""", "threshold_jitter.width: saw -1; allowed: a whole number from 0 to 50")]
    [InlineData("""{"width": "10"}""", "threshold_jitter.width: saw \"10\"; allowed: a whole number from 0 to 50")]
    [InlineData("{}", "threshold_jitter.width: saw nothing; allowed: a whole number from 0 to 50")]
    [InlineData("""{"width": 5, "key": 1}""", "threshold_jitter.key: saw an unknown member; allowed: width")]
    [InlineData("10", "threshold_jitter: saw 10; allowed: an object")]
    public void Any_other_jitter_is_refused(string jitter, string expected)
    {
        var document = TestPolicies.Document();
        document["threshold_jitter"] = JsonNode.Parse(jitter);

        Assert.Equal(expected, Assert.Single(TestPolicies.Read(document).Errors).ToString());
    }

    [Theory]
    [InlineData("REGISTER", "review", 41, 20, true)]
    [InlineData("REGISTER", "review", 40, 20, false)]
    [InlineData("JOIN_ROOM", "reject", 960, 20, true)]
    [InlineData("JOIN_ROOM", "reject", 961, 20, false)]
    [InlineData("JOIN_ROOM", "reject", 1_000, 0, true)]
    public void No_moved_threshold_leaves_the_scale(string scene, string threshold, int value, int width, bool isTaken)
    {
        var document = TestPolicies.Document();
        document["scenes"]![scene]![threshold] = value;
        document["threshold_jitter"]!["width"] = width;

        var errors = TestPolicies.Read(document).Errors.Select(static error => error.ToString());

        string[] expected = isTaken ? [] : ["threshold_jitter.width: saw 20; allowed: at most 19: thresholds move by twice the width, and stay above 0 and at or below 1000"];
        Assert.Equal(expected, errors, StringComparer.Ordinal);
    }

    [Fact]
    public void No_shared_signal_alone_rejects_at_the_smallest_threshold_either()
    {
        var document = TestPolicies.Document();
        document["threshold_jitter"]!["width"] = 20;
        document["signal_caps"]!["device"] = 709;
        document.Remove("shadow_model");
        TestPolicies.Load(document);

        document["signal_caps"]!["device"] = 710;
        Assert.StartsWith(
            "signal_caps.device: saw 710; allowed: less than the smallest reject threshold that an entity meets (710)",
            Assert.Single(TestPolicies.Read(document).Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_follows_the_content_and_not_the_layout()
    {
        var document = TestPolicies.Document();
        var original = PolicyLoader.Load(DefaultPolicy.ReadBytes()).Policy!;
        byte[] withMark = [0xEF, 0xBB, 0xBF, .. DefaultPolicy.ReadBytes()];
        var reordered = new JsonObject(document.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

        Assert.Matches("^[0-9a-f]{64}$", original.Hash);
        Assert.Equal(original.Hash, PolicyLoader.Load(withMark).Policy!.Hash);
        Assert.Equal(original.Hash, TestPolicies.Load(reordered).Hash);

        document["rules"]![0]!["weight"] = 221;
        Assert.False(string.Equals(original.Hash, TestPolicies.Load(document).Hash, StringComparison.Ordinal));
    }

    [Fact]
    public void Disabled_rules_are_checked_but_not_run_and_shadow_rules_add_nothing()
    {
        var disabled = TestPolicies.Rule("disabled", "captcha.failed", 100);
        disabled["enabled"] = false;
        var shadow = TestPolicies.Rule("shadow", "captcha.failed", 200);
        shadow["shadow"] = true;
        var policy = TestPolicies.Load(TestPolicies.With(disabled, shadow, TestPolicies.Rule("plain", "captcha.failed", 300)));
        var features = new AntifraudVector().With("captcha.failed", 1).Vector;
        var outcome = new RuleOutcome();

        policy.Evaluate(V1.Scene.Login, features, outcome);

        Assert.Equal([2], outcome.Fired.ToArray());
        Assert.Equal([1], outcome.Shadow.ToArray());
        Assert.Equal(300, outcome.Score);

        disabled["when"] = "captcha.faild";
        Assert.Single(TestPolicies.Read(TestPolicies.With(disabled.DeepClone().AsObject())).Errors);
    }
}
