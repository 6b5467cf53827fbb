using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Access;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Gangs;
using KekeStar.Antifraud.Tests.Archive;

namespace KekeStar.Antifraud.Tests.Dashboard.Gangs;

public sealed class GangMemberTests
{
    private static readonly DateTimeOffset Start = ArchiveUnderTest.Start;

    [Fact]
    public void A_member_counts_a_decision_once_whatever_it_was_seen_with()
    {
        var gang = Gang(2) with
        {
            Ties =
            [
                new GangTie(ArchiveEntity.Account, 1, ArchiveEntity.Device, 10, 3),
                new GangTie(ArchiveEntity.Account, 2, ArchiveEntity.Device, 10, 4),
                new GangTie(ArchiveEntity.Device, 10, ArchiveEntity.Bssid, 77, 7),
            ],
        };

        var members = GangMember.AllOf(gang);

        Assert.Equal([(ArchiveEntity.Account, 1L, 3L), (ArchiveEntity.Account, 2L, 4L), (ArchiveEntity.Device, 10L, 7L)], members.Select(static member => (member.Entity, member.Id, member.Decisions)));
        Assert.Equal([(ArchiveEntity.Bssid, 77L), (ArchiveEntity.Account, 1L), (ArchiveEntity.Account, 2L)], members[2].With);
    }

    [Fact]
    public void Gangs_are_put_in_the_order_that_is_asked_for()
    {
        GangCluster[] gangs = [Gang(9, growth: 1), Gang(5, growth: 4, hours: 2), Gang(3, growth: 2, hours: 5)];

        Assert.Equal([9, 5, 3], gangs.Order(GangOrder.Size).Select(static gang => gang.Size));
        Assert.Equal([5, 3, 9], gangs.Order(GangOrder.Growth).Select(static gang => gang.Size));
        Assert.Equal([3, 5, 9], gangs.Order(GangOrder.Newest).Select(static gang => gang.Size));
    }

    [Fact]
    public void A_search_for_gangs_comes_back_from_its_address()
    {
        Assert.Equal("/gangs?range=7d&score=400", new GangSearch(new TimeRange("7d"), 400).Address("/gangs"));
        Assert.Equal(new GangSearch(new TimeRange("7d"), 400), GangSearch.Read("7d", null, null, 400));
        Assert.Equal(new GangSearch(new TimeRange(TimeRange.Day)), GangSearch.Read("x", null, null, 7));
        Assert.Null(new GangSearch(new TimeRange(TimeRange.Day), 0).ToFilter(Start).MinScore);
    }

    [Fact]
    public void A_viewer_sees_no_gang_of_one_to_four_accounts_and_no_growth_by_so_few()
    {
        GangCluster[] gangs = [Gang(9, growth: 5), Gang(SmallCells.FewestAccounts, growth: 4), Gang(SmallCells.FewestAccounts - 1)];

        Assert.Equal(gangs.Take(2), GangWatch.ShownTo(gangs, Roles.Viewer));
        Assert.Equal(gangs, GangWatch.ShownTo(gangs, Roles.Viewer | Roles.Analyst));
        Assert.Equal((5L, null, 4L), (GangWatch.GrowthShownTo(gangs[0], Roles.Viewer), GangWatch.GrowthShownTo(gangs[1], Roles.Viewer), GangWatch.GrowthShownTo(gangs[1], Roles.Analyst)));
    }

    private static GangCluster Gang(int accounts, int growth = 0, int hours = 0) => new(
        20, accounts, 1, Start.AddHours(hours), Start.AddHours(9), 900, growth, [.. Enumerable.Range(1, accounts).Select(static account => (long)account)], [10], [], [], []);
}
