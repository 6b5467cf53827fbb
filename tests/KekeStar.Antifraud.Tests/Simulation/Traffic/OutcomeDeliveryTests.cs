using CsCheck;
using KekeStar.Antifraud.Simulation.Parameters;
using KekeStar.Antifraud.Simulation.Traffic;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Simulation.Traffic;

public sealed class OutcomeDeliveryTests
{
    private static readonly Outcome[] Outcomes =
    [
        Outcome.LoginSucceeded, Outcome.LoginFailed, Outcome.RegistrationCompleted, Outcome.CaptchaPassed, Outcome.CaptchaFailed,
        Outcome.HarassmentConfirmed, Outcome.AccountTheftConfirmed,
    ];

    [Fact]
    public void No_outcome_comes_before_its_event_or_later_than_a_month()
    {
        var figures = SimulationParameters.Shipped().Outcomes;
        Gen.Select(Gen.Int, Gen.Int[0, Outcomes.Length - 1]).Sample((seed, index) =>
            new OutcomeDelivery(figures, new Random(seed)).DelayOf(Outcomes[index]) is not { } delay || (delay >= TimeSpan.Zero && delay <= TimeSpan.FromDays(30)));
    }

    [Theory]
    [InlineData(Outcome.LoginFailed, "login")]
    [InlineData(Outcome.HarassmentConfirmed, "harassment")]
    public void Of_many_outcomes_as_many_are_lost_as_the_figure_says_and_half_come_by_the_median(Outcome outcome, string kind)
    {
        const int Many = 20_000;
        var figures = SimulationParameters.Shipped().Outcomes;
        var delivery = new OutcomeDelivery(figures, new Random(5));
        var delays = Enumerable.Range(0, Many).Select(_ => delivery.DelayOf(outcome)).ToList();
        var come = delays.OfType<TimeSpan>().Order().ToList();

        // Five standard deviations of the share of a binomial, and 5 % of the median.
        var lost = figures[kind + "_lost"];
        Assert.InRange((double)(Many - come.Count) / Many, lost - (5 * Math.Sqrt(lost / Many)), lost + (5 * Math.Sqrt(lost / Many)));
        Assert.InRange(come[come.Count / 2].TotalSeconds, 0.95 * figures[kind + "_median_seconds"], 1.05 * figures[kind + "_median_seconds"]);
    }

    [Fact]
    public void A_captcha_ends_only_where_one_was_asked_for_and_nothing_comes_of_what_was_rejected()
    {
        Assert.Equal(OutcomeCondition.Challenged, OutcomeDelivery.ConditionOf(Outcome.CaptchaFailed));
        Assert.Equal(OutcomeCondition.NotRejected, OutcomeDelivery.ConditionOf(Outcome.LoginSucceeded));
    }
}
