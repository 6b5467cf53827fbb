using Google.Protobuf.WellKnownTypes;
using KekeStar.Antifraud.Cli.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Cli.Scoring;

public class ReplyViewTests
{
    [Fact]
    public void A_reply_is_printed_with_reasons_bounds_degradation_and_dropped_signals() => Assert.Equal(
        """
        CHALLENGE (SMS_CODE)  score 640 / 1000
        batch registration 640, bot 0, account theft 20
        labels: device_many_accounts, bssid_burst
        ╭────────┬────────────────────┬───────┬────────┬─────────────────────────────╮
        │ Points │ Feature            │ Value │ Window │ Reason                      │
        ├────────┼────────────────────┼───────┼────────┼─────────────────────────────┤
        │   +680 │ device.accounts_1h │ ≥ 256 │ 1 hour │ Many accounts on one device │
        │  -40.5 │ captcha.passed     │     1 │        │ captcha_passed              │
        ╰────────┴────────────────────┴───────┴────────┴─────────────────────────────╯
        ≥ marks a count that is a lower bound.
        known of device, account and network:
          new_device (CURRENT) The device is new to the account
          hook (HISTORICAL, last seen 2026-01-02 03:04:05Z)
        Degraded answer: STORE_PARTIAL
        Signals sent but not used: imei (MALFORMED), oaid (NO_CONSENT)
        policy 2026-01, model m3
        """,
        Draw(Full(), Words.English));

    [Fact]
    public void A_reply_is_printed_in_chinese() => Assert.Equal(
        """
        CHALLENGE (SMS_CODE)  风险分 640 / 1000
        批量注册 640, 机器操作 0, 盗号 20
        标签: device_many_accounts, bssid_burst
        ╭───────┬────────────────────┬───────┬────────┬─────────────────────────────╮
        │  得分 │ 特征               │  取值 │ 时间窗 │ 原因                        │
        ├───────┼────────────────────┼───────┼────────┼─────────────────────────────┤
        │  +680 │ device.accounts_1h │ ≥ 256 │ 1 小时 │ Many accounts on one device │
        │ -40.5 │ captcha.passed     │     1 │        │ captcha_passed              │
        ╰───────┴────────────────────┴───────┴────────┴─────────────────────────────╯
        ≥ 表示该计数只是下限。
        已知的设备、账号与网络情况:
          new_device (CURRENT) The device is new to the account
          hook (HISTORICAL, 最近一次 2026-01-02 03:04:05Z)
        降级结果: STORE_PARTIAL
        已上报但未使用的信号: imei (MALFORMED), oaid (NO_CONSENT)
        策略 2026-01, 模型 m3
        """,
        Draw(Full(), Words.Chinese));

    [Fact]
    public void A_clean_reply_is_three_lines_and_a_version() => Assert.Equal(
        """
        PASS  score 0 / 1000
        batch registration 0, bot 0, account theft 0
        no rule fired
        policy 2026-01, model –
        """,
        Draw(new ScoreReply { Verdict = Verdict.Pass, PolicyVersion = "2026-01" }, Words.English));

    [Fact]
    public void What_the_service_says_is_text_never_markup()
    {
        var reply = new ScoreReply { Verdict = (Verdict)77, PolicyVersion = "[red]", Labels = { "[/]" } };
        reply.Reasons.Add(new Reason { Feature = "[bold]", Text = "[[" });
        reply.DroppedSignals.Add(new DroppedSignal { Name = "[x]" });
        reply.RiskLabels.Add(new RiskLabel { Name = "[y]", Text = "[z]" });

        var drawn = Draw(reply, Words.English);

        Assert.All((string[])["77", "[red]", "[/]", "[bold]", "[[", "[x]", "[y]", "[z]"], text => Assert.Contains(text, drawn, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "", "")]
    [InlineData(1, "1 second", "1 秒")]
    [InlineData(30, "30 seconds", "30 秒")]
    [InlineData(60, "1 minute", "1 分钟")]
    [InlineData(300, "5 minutes", "5 分钟")]
    [InlineData(3_600, "1 hour", "1 小时")]
    [InlineData(86_400, "24 hours", "24 小时")]
    [InlineData(604_800, "7 days", "7 天")]
    public void A_window_is_told_in_words(uint seconds, string english, string chinese) =>
        Assert.Equal((english, chinese), (Words.English.Span(seconds), Words.Chinese.Span(seconds)));

    private static string Draw(ScoreReply reply, Words words) => TestTerminal.Draw(screen => ReplyView.Write(screen, reply, words));

    private static ScoreReply Full()
    {
        var reply = new ScoreReply
        {
            Score = 640,
            BatchRegistration = 640,
            AccountTheft = 20,
            Verdict = Verdict.Challenge,
            Challenge = ChallengeKind.SmsCode,
            PolicyVersion = "2026-01",
            ModelVersion = "m3",
            AtLeast = true,
            Labels = { "device_many_accounts", "bssid_burst" },
            Degraded = { DegradedCause.StorePartial },
        };
        reply.Reasons.Add(new Reason
        {
            Rule = "device_accounts",
            Feature = "device.accounts_1h",
            Value = 256,
            WindowSeconds = 3_600,
            Contribution = 680,
            AtLeast = true,
            Text = "Many accounts on one device",
        });
        reply.Reasons.Add(new Reason { Rule = "captcha_passed", Feature = "captcha.passed", Value = 1, Contribution = -40.5 });
        var seen = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        reply.RiskLabels.Add(new RiskLabel
        {
            Name = "new_device",
            State = LabelState.Current,
            LastSeen = Timestamp.FromDateTimeOffset(seen),
            Text = "The device is new to the account",
        });
        reply.RiskLabels.Add(new RiskLabel { Name = "hook", State = LabelState.Historical, LastSeen = Timestamp.FromDateTimeOffset(seen) });
        reply.DroppedSignals.Add(new DroppedSignal { Name = "imei", Cause = DropCause.Malformed });
        reply.DroppedSignals.Add(new DroppedSignal { Name = "oaid", Cause = DropCause.NoConsent });
        return reply;
    }
}
