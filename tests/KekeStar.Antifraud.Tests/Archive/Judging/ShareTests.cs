using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Tests.Archive.Judging;

public sealed class ShareTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_Wilsons(long hits, long total, double low, double high)
    {
        var share = new Share(hits, total);

        Assert.Equal((double)hits / total, share.Value);
        Assert.Equal(low, share.Low, 4);
        Assert.Equal(high, share.High, 4);
    }

    [Fact]
    public void A_share_of_nothing_is_none_and_may_be_any()
    {
        var nothing = new Share(0, 0);

        Assert.True(double.IsNaN(nothing.Value));
        Assert.Equal((0.0, 1.0), (nothing.Low, nothing.High));
    }

    [Fact]
    public void The_interval_ends_at_0_and_1()
    {
        Assert.Equal(0, new Share(0, 3).Low);
        Assert.Equal(1, new Share(3, 3).High);
    }
}
