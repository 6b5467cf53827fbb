using CsCheck;
using KekeStar.Antifraud.Dashboard.Decisions;

namespace KekeStar.Antifraud.Tests.Dashboard.Decisions;

public sealed class WaterfallTests
{
    [Fact]
    public void What_is_shown_of_the_steps_adds_up_to_the_score() => Gen.Select(Gen.Double[-400, 600].Array[0, 20], Gen.Int[0, 1_000]).Sample((parts, score) =>
    {
        // As a policy does: contributions of any size that add up to a whole number.
        double[] contributions = [.. parts, score - parts.Sum()];
        var waterfall = Waterfall.Of([.. contributions.Select(static (_, index) => $"rule_{index}")], contributions);

        Assert.Equal(score, waterfall.Sum);
        Assert.Equal(score, waterfall.Steps.Sum(static step => step.Added));
        Assert.All(waterfall.Steps.Zip(waterfall.Steps.Skip(1)), static pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.All(waterfall.Steps, step => Assert.Equal(contributions[int.Parse(step.Rule[5..], System.Globalization.CultureInfo.InvariantCulture)], (double)step.Added, 0.011));
    });

    [Fact]
    public void The_highest_step_comes_first_and_what_lowers_the_score_last()
    {
        var waterfall = Waterfall.Of(["low", "trusted", "high"], [100, -50, 300]);

        Assert.Equal(["high", "low", "trusted"], waterfall.Steps.Select(static step => step.Rule), StringComparer.Ordinal);
        Assert.Equal([300m, 400m, 350m], waterfall.Steps.Select(static step => step.End));
    }

    [Fact]
    public void Without_rules_there_are_no_steps() => Assert.Equal((0, 0m), (Waterfall.Of([], []).Steps.Count, Waterfall.Of([], []).Sum));
}
