using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Tests.Intake.References;

public sealed class CountryDistancesTests
{
    [Theory]
    [InlineData("CN", "US")]
    [InlineData("CN", "SG")]
    [InlineData("CN", "DE")]
    [InlineData("US", "GB")]
    [InlineData("JP", "VN")]
    [InlineData("PT", "DE")]
    public void What_no_airliner_flies_in_an_hour_is_far(string left, string right)
    {
        Assert.True(CountryDistances.AreFarApart(CountryCode.Of(left), CountryCode.Of(right)));
        Assert.True(CountryDistances.AreFarApart(CountryCode.Of(right), CountryCode.Of(left)));
    }

    [Theory]
    [InlineData("CN", "CN")]
    [InlineData("CN", "HK")]
    [InlineData("CN", "MO")]
    [InlineData("CN", "TW")]
    [InlineData("CN", "JP")]
    [InlineData("CN", "KR")]
    [InlineData("SG", "MY")]
    [InlineData("SG", "ID")]
    [InlineData("GB", "FR")]
    [InlineData("BE", "CH")]
    [InlineData("NL", "LI")]
    [InlineData("RU", "US")]
    [InlineData("FR", "BR")]
    [InlineData("AU", "NZ")]
    public void What_lies_nearer_or_has_a_part_that_does_is_not_far(string left, string right)
    {
        Assert.False(CountryDistances.AreFarApart(CountryCode.Of(left), CountryCode.Of(right)));
        Assert.False(CountryDistances.AreFarApart(CountryCode.Of(right), CountryCode.Of(left)));
    }

    [Theory]
    [InlineData("CN", "--")]
    [InlineData("CN", "ZZ")]
    [InlineData("GF", "CN")]
    public void What_the_table_does_not_know_is_never_far(string left, string right) =>
        Assert.False(CountryDistances.AreFarApart(CountryCode.Of(left), CountryCode.Of(right)));

    [Fact]
    public void The_table_covers_the_countries_of_people()
    {
        var covered = Enumerable.Range(1, CountryDistances.Codes - 1).Count(number => CountryDistances.Covers(new CountryCode((ushort)number)));
        Assert.Equal(235, covered);
    }
}
