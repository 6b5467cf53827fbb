using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Decision;

public class DeciderTests
{
    public static TheoryData<Scene> AllScenes() => [.. Decisions.Scenes];

    public static TheoryData<StoreStatus> Outages() => [.. Enum.GetValues<StoreStatus>().Where(status => status != StoreStatus.Ok)];

    [Theory]
    [MemberData(nameof(AllScenes))]
    public void Each_threshold_holds_from_its_very_score_on(Scene scene)
    {
        var decisions = new Decisions(scene);
        Assert.Equal(Verdict.Pass, decisions.Decide(0));
        Assert.Equal(Verdict.Pass, decisions.Decide(decisions.Thresholds.Review - 1));
        Assert.Equal(Verdict.Review, decisions.Decide(decisions.Thresholds.Review));
        Assert.Equal(Verdict.Review, decisions.Decide(decisions.Thresholds.Challenge - 1));
        Assert.Equal(Verdict.Challenge, decisions.Decide(decisions.Thresholds.Challenge));
        Assert.Equal(Verdict.Challenge, decisions.Decide(decisions.Thresholds.Reject - 1));
        Assert.Equal(Verdict.Reject, decisions.Decide(decisions.Thresholds.Reject));
        Assert.Equal(Verdict.Reject, decisions.Decide(1_000));
    }

    [Theory]
    [MemberData(nameof(AllScenes))]
    public void A_challenge_has_a_kind_and_nothing_else_has_one(Scene scene)
    {
        foreach (var status in Enum.GetValues<StoreStatus>())
        {
            foreach (var risk in Enum.GetValues<Risk>())
            {
                var decisions = new Decisions(scene);
                for (var score = 0; score <= 1_000; score += 10)
                {
                    var verdict = decisions.Decide(score, status, risk);
                    Assert.Equal(verdict == Verdict.Challenge, decisions.Decision.Challenge != ChallengeKind.Unspecified);
                    if (verdict == Verdict.Challenge && score > 0)
                    {
                        Assert.Equal(decisions.Thresholds.ChallengeFor(risk), decisions.Decision.Challenge);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public void An_answer_without_the_whole_store_is_never_below_the_scenes_floor(StoreStatus outage)
    {
        foreach (var scene in Decisions.Scenes)
        {
            foreach (var list in new[] { ListKind.Unspecified, ListKind.Grey, ListKind.Deny })
            {
                foreach (var passed in new[] { double.NaN, 0.5 })
                {
                    var decisions = new Decisions(scene);
                    decisions.List(EntitySlot.Account, list);
                    decisions.PassedChallenge(passed);
                    for (var score = 0; score <= 1_000; score += 50)
                    {
                        var full = decisions.Decide(score);
                        var degraded = decisions.Decide(score, outage);
                        Assert.True(degraded >= decisions.Thresholds.DegradedFloor, $"{scene} {list} {score}: {degraded}");
                        Assert.Equal(full > decisions.Thresholds.DegradedFloor ? full : decisions.Thresholds.DegradedFloor, degraded);
                        Assert.Equal(outage, decisions.Decision.Store);
                    }
                }
            }

            Assert.True(Decisions.Shipped.SceneOf(scene).DegradedFloor > Verdict.Pass, "the shipped policy lets nothing pass unscored");
        }
    }

    [Theory]
    [InlineData(ListKind.Deny, 0, Verdict.Reject)]
    [InlineData(ListKind.Allow, 1_000, Verdict.Pass)]
    [InlineData(ListKind.Grey, 0, Verdict.Review)]
    [InlineData(ListKind.Grey, 1_000, Verdict.Reject)]
    public void A_list_decides_for_every_entity_that_an_event_can_have(ListKind list, int score, Verdict expected)
    {
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            var decisions = new Decisions();
            decisions.List(slot, list);
            Assert.Equal(expected, decisions.Decide(score));
            Assert.Equal(list, decisions.Decision.List);
        }
    }

    [Fact]
    public void Deny_goes_before_allow_and_allow_before_grey_wherever_they_stand()
    {
        (ListKind First, ListKind Second, ListKind Expected)[] pairs =
        [
            (ListKind.Deny, ListKind.Allow, ListKind.Deny), (ListKind.Deny, ListKind.Grey, ListKind.Deny),
            (ListKind.Allow, ListKind.Grey, ListKind.Allow),
        ];
        foreach (var (first, second, expected) in pairs)
        {
            foreach (var (one, other) in new[] { (EntitySlot.Account, EntitySlot.Cohort), (EntitySlot.Cohort, EntitySlot.Account) })
            {
                var decisions = new Decisions();
                decisions.List(one, first);
                decisions.List(other, second);
                decisions.Decide(500);
                Assert.Equal(expected, decisions.Decision.List);
            }
        }
    }

    [Fact]
    public void An_entry_that_has_expired_decides_nothing()
    {
        var decisions = new Decisions();
        decisions.List(EntitySlot.Account, ListKind.Deny, seconds: 0);
        Assert.Equal(Verdict.Pass, decisions.Decide(0));
        Assert.Equal(ListKind.Unspecified, decisions.Decision.List);
    }

    [Fact]
    public void An_allowed_entity_passes_without_the_store_too_since_its_answer_does_not_rest_on_it()
    {
        // The contract: LIST_KIND_ALLOW is PASS unless another entity is denied.
        var decisions = new Decisions();
        decisions.List(EntitySlot.Account, ListKind.Allow);
        Assert.Equal(Verdict.Pass, decisions.Decide(900, StoreStatus.Unavailable));
        Assert.Equal(StoreStatus.Unavailable, decisions.Decision.Store);
        decisions.List(EntitySlot.Ip, ListKind.Deny);
        Assert.Equal(Verdict.Reject, decisions.Decide(0, StoreStatus.Unavailable));
    }

    [Fact]
    public void A_challenge_passed_lately_spares_the_next_one_until_its_time_is_over()
    {
        var decisions = new Decisions(Scene.Login);
        var minutes = decisions.Thresholds.StepUpExemption.TotalMinutes;
        Assert.True(minutes > 0);
        foreach (var (ago, isExempt) in new[] { (0, true), (minutes - 0.01, true), (minutes, false), (minutes + 1, false), (double.NaN, false) })
        {
            decisions.PassedChallenge(ago);
            Assert.Equal(isExempt ? Verdict.Pass : Verdict.Challenge, decisions.Decide(decisions.Thresholds.Challenge));
            Assert.Equal(isExempt, decisions.Decision.IsStepUpExempt);
        }
    }

    [Fact]
    public void A_passed_challenge_softens_neither_review_nor_reject_nor_a_list()
    {
        var decisions = new Decisions(Scene.Login);
        decisions.PassedChallenge(1);
        Assert.Equal(Verdict.Review, decisions.Decide(decisions.Thresholds.Review));
        Assert.Equal(Verdict.Reject, decisions.Decide(decisions.Thresholds.Reject));
        Assert.False(decisions.Decision.IsStepUpExempt);

        decisions.List(EntitySlot.Ip, ListKind.Grey);
        Assert.Equal(Verdict.Review, decisions.Decide(decisions.Thresholds.Challenge));
        Assert.True(decisions.Decision.IsStepUpExempt);

        decisions.List(EntitySlot.Ip, ListKind.Deny);
        Assert.Equal(Verdict.Reject, decisions.Decide(decisions.Thresholds.Challenge));
        Assert.False(decisions.Decision.IsStepUpExempt);
    }

    [Fact]
    public void A_scene_without_exemption_challenges_again()
    {
        var decisions = new Decisions(Scene.Withdraw);
        Assert.Equal(TimeSpan.Zero, decisions.Thresholds.StepUpExemption);
        decisions.PassedChallenge(0);
        Assert.Equal(Verdict.Challenge, decisions.Decide(decisions.Thresholds.Challenge));
    }

    [Fact]
    public void A_reused_decision_remembers_nothing()
    {
        var decisions = new Decisions(Scene.Login);
        decisions.PassedChallenge(1);
        decisions.Decide(decisions.Thresholds.Challenge);
        decisions.PassedChallenge(double.NaN);
        decisions.Decide(decisions.Thresholds.Challenge);
        Assert.False(decisions.Decision.IsStepUpExempt);
        decisions.Decide(0);
        Assert.Equal(ChallengeKind.Unspecified, decisions.Decision.Challenge);
    }
}
