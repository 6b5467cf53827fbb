using KekeStar.Antifraud.Learning.Training;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Learning;

public sealed class InputBinsTests
{
    [Fact]
    public void Bins_hold_their_shares_of_the_events_and_rare_values_of_a_flag_have_their_own()
    {
        var events = SyntheticEvents.Make(2_000, seed: 6);
        var names = new[] { "account.new_device", "device.accounts_1h", "account.age_days", "motion.constant" };

        var inputs = InputBins.Of(events, [.. names.Select(static name => ModelInputs.Find(name)!.Value)]);

        Assert.Equal([0f], inputs[0].Edges);
        Assert.All(inputs, static input => Assert.Equal(input.Edges.Length + 1, input.Shares.Length));
        Assert.All(inputs, static input => Assert.Equal(1, input.Shares.Sum(), 1e-9));
        Assert.Equal(InputBins.Most, inputs[2].Shares.Length);
        Assert.All(inputs[2].Shares, static share => Assert.InRange(share, 0.05, 0.15));

        // Never told: everything is 0, and whatever is above it would be new.
        Assert.Equal([0f], inputs[3].Edges);
        Assert.Equal([1.0, 0.0], inputs[3].Shares);
    }
}
