using System.Text.Json;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Gangs;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Tests.Archive;

namespace KekeStar.Antifraud.Tests.Dashboard.Gangs;

public sealed class GangGraphTests
{
    private static readonly GangCluster Gang = new(
        9, 4, 2, ArchiveUnderTest.Start, ArchiveUnderTest.Start, 900, 1, [1, 2, 3, 4], [10, 11], [new SharedEntity(ArchiveEntity.Bssid, 77, 2), new SharedEntity(ArchiveEntity.Device, 10, 3)], [], [])
    {
        Ties =
        [
            new GangTie(ArchiveEntity.Account, 1, ArchiveEntity.Device, 10, 3),
            new GangTie(ArchiveEntity.Account, 2, ArchiveEntity.Device, 10, 2),
            new GangTie(ArchiveEntity.Account, 3, ArchiveEntity.Device, 11, 1),
            new GangTie(ArchiveEntity.Device, 10, ArchiveEntity.Bssid, 77, 5),
            new GangTie(ArchiveEntity.Device, 11, ArchiveEntity.Bssid, 77, 1),
            new GangTie(ArchiveEntity.Account, 99, ArchiveEntity.Device, 10, 1),
        ],
    };

    [Fact]
    public void Every_member_has_a_place_of_its_own_and_what_ties_them_stands_in_the_middle()
    {
        var places = GangGraph.Places(Gang);

        Assert.Equal(7, places.Count);
        Assert.Equal(7, places.Values.Distinct().Count());
        Assert.Equal((0, 0), places[(ArchiveEntity.Bssid, 77)]);
    }

    [Fact]
    public void An_account_stands_nearer_to_its_own_device_than_to_another()
    {
        var places = GangGraph.Places(Gang);

        double Distance(long account, long device)
        {
            var (a, d) = (places[(ArchiveEntity.Account, account)], places[(ArchiveEntity.Device, device)]);
            return Math.Sqrt(Math.Pow(a.X - d.X, 2) + Math.Pow(a.Y - d.Y, 2));
        }

        Assert.True(Distance(1, 10) < Distance(1, 11));
        Assert.True(Distance(2, 10) < Distance(2, 11));
        Assert.True(Distance(3, 11) < Distance(3, 10));
    }

    [Fact]
    public void Lines_join_nodes_that_are_there()
    {
        var series = JsonSerializer.SerializeToElement(GangGraph.Option(Gang, new Texts())).GetProperty("series")[0];
        var keys = series.GetProperty("data").EnumerateArray().Select(static node => node.GetProperty("id").GetString()).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(5, series.GetProperty("links").GetArrayLength());
        Assert.All(series.GetProperty("links").EnumerateArray(), line => Assert.True(keys.Contains(line.GetProperty("source").GetString()) && keys.Contains(line.GetProperty("target").GetString())));
        Assert.Equal(["Account", "Device", "Access point (BSSID)"], series.GetProperty("categories").EnumerateArray().Select(static kind => kind.GetProperty("name").GetString()), StringComparer.Ordinal);
    }

    [Fact]
    public void Of_a_small_gang_everybody_is_drawn() => Assert.Equal((4, 2), (GangGraph.Shown(Gang).Accounts.Count, GangGraph.Shown(Gang).Devices.Count));

    [Fact]
    public void Of_hundreds_those_with_the_most_ties_are_drawn_and_nothing_stands_upon_another()
    {
        // Device n has n accounts; the accounts of the last devices come last.
        var ties = Enumerable.Range(1, 30)
            .SelectMany(static device => Enumerable.Range(0, device).Select(account => new GangTie(ArchiveEntity.Account, (100 * device) + account, ArchiveEntity.Device, device, 1)))
            .ToList();
        var gang = Gang with
        {
            Ties = ties,
            Accounts = [.. ties.Select(static tie => tie.MemberId)],
            Devices = [.. Enumerable.Range(1, 30).Select(static device => (long)device)],
        };

        var shown = GangGraph.Shown(gang);

        Assert.Equal(Enumerable.Range(31 - GangGraph.ShownDevices, GangGraph.ShownDevices).Select(static device => (long)device), shown.Devices);
        Assert.Equal(GangGraph.ShownAccounts, shown.Accounts.Count);
        Assert.All(shown.Accounts, account => Assert.Contains(account / 100, shown.Devices));
        var places = GangGraph.Places(shown).Values.ToList();
        Assert.Equal(GangGraph.ShownDevices + GangGraph.ShownAccounts + 1, places.Count);
        Assert.All(places, place => Assert.Single(places, other => Math.Abs(place.X - other.X) + Math.Abs(place.Y - other.Y) < 10));
    }
}
