using KekeStar.Antifraud.Cli.Listing;

namespace KekeStar.Antifraud.Tests.Cli.Listing;

public class DurationTests
{
    [Theory]
    [InlineData("30m", 30)]
    [InlineData("12h", 12 * 60)]
    [InlineData("90d", 90 * 24 * 60)]
    [InlineData("91d", null)]
    [InlineData("0h", null)]
    [InlineData("-1h", null)]
    [InlineData("7", null)]
    [InlineData("7w", null)]
    [InlineData("d", null)]
    [InlineData("2147483647d", null)]
    public void A_duration_is_a_number_with_m_h_or_d_up_to_ninety_days(string text, int? minutes) =>
        Assert.Equal(minutes, (int?)Duration.Parse(text)?.TotalMinutes);
}
