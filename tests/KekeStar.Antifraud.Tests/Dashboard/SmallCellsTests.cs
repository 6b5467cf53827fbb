using KekeStar.Antifraud.Dashboard.Access;

namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class SmallCellsTests
{
    [Theory]
    [InlineData(0, 0L)]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, 40L)]
    [InlineData(5_000, 40L)]
    public void A_viewer_sees_no_cell_about_one_to_four_accounts(long accounts, long? expected) =>
        Assert.Equal(expected, SmallCells.Shown(accounts == 0 ? 0 : 40, accounts, Roles.Viewer));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Who_has_another_role_sees_every_cell(int role)
    {
        Assert.Equal(40, SmallCells.Shown(40, 1, (Roles)role));
        Assert.Equal(40, SmallCells.Shown(40, 1, (Roles)role | Roles.Viewer));
    }

    [Fact]
    public void Who_has_no_role_is_treated_as_a_viewer() => Assert.Null(SmallCells.Shown(40, 1, Roles.None));
}
