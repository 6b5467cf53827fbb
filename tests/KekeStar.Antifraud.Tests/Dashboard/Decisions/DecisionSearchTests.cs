using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Decisions;
using KekeStar.Antifraud.Tests.Archive;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Dashboard.Decisions;

public sealed class DecisionSearchTests
{
    private static readonly DecisionSearch Full = new()
    {
        Range = TimeRange.Between(ArchiveUnderTest.Start, ArchiveUnderTest.Start.AddHours(2)),
        Scene = "new_device_login",
        Verdict = "reject",
        Label = "rooted",
        Rule = "device_registers_1h",
        MinScore = 400,
        IsDegraded = true,
        Entities = [new EntityFilter(ArchiveEntity.Account, [1, -2]), new EntityFilter(ArchiveEntity.Bssid, [long.MinValue])],
        Identifiers = [7],
        Decisions = [-1],
    };

    [Fact]
    public void A_search_comes_back_from_its_address()
    {
        Assert.Equal(Full.Address(), DecisionSearch.Read($"http://127.0.0.1:5082{Full.Address()}").Address());
        Assert.Equal(Full.Address(), DecisionSearch.Read(Full.Address(new("after", "1-0"), new("page", "3"))).Address());
        Assert.Equal("/decisions?range=24h", new DecisionSearch().Address());
    }

    [Fact]
    public void All_of_a_search_is_asked_of_the_archive()
    {
        var filter = DecisionSearch.Read(Full.Address()).ToFilter(DateTimeOffset.UnixEpoch);

        Assert.Equal(ArchiveUnderTest.Start, filter.From);
        Assert.Equal(ArchiveUnderTest.Start.AddHours(2), filter.To);
        Assert.Equal(
            ("new_device_login", "reject", "rooted", "device_registers_1h", 400, true),
            (filter.Scene, filter.Verdict, filter.Label, filter.Rule, filter.MinScore, filter.Degraded));
        Assert.Equal([1L, -2L], filter.Entities[0].Ids);
        Assert.Equal((ArchiveEntity.Bssid, long.MinValue), (filter.Entities[1].Entity, filter.Entities[1].Ids[0]));
        Assert.Equal((7L, -1L), (Assert.Single(filter.Identifiers), Assert.Single(filter.Decisions)));
    }

    [Theory]
    [InlineData("/decisions?range=forever&scene=nothing&verdict=maybe&score=1001&account=12&decision=xyz&degraded=1")]
    [InlineData("/decisions?range=custom&from=2026-11-20T12:00:00Z&to=2026-11-20T10:00:00Z")]
    [InlineData("/decisions?account=0000000000000001-0000000000000001-0000000000000001-0000000000000001-0000000000000001-0000000000000001-0000000000000001-0000000000000001-0000000000000001")]
    [InlineData("/decisions?score=-1&rule=")]
    public void What_an_address_says_wrong_does_not_matter(string address) => Assert.Equal(new DecisionSearch().Address(), DecisionSearch.Read(address).Address());

    [Theory]
    [InlineData("15m", 15)]
    [InlineData("30d", 43_200)]
    public void A_range_that_ends_now_goes_with_the_clock(string name, int minutes) =>
        Assert.Equal((ArchiveUnderTest.Start.AddMinutes(-minutes), ArchiveUnderTest.Start), new TimeRange(name).At(ArchiveUnderTest.Start));

    [Fact]
    public void The_newest_decisions_are_sifted_as_the_archive_sifts()
    {
        var row = ArchiveUnderTest.Row(new MadeDecision { Account = 1, Bssid = 5, Rules = 1, Labels = 1, Verdict = Verdict.Reject, Scene = Scene.Login });

        DecisionSearch[] taking =
        [
            new(),
            new() { Scene = "login", Verdict = "reject", Label = "rooted", Rule = "rule_a", MinScore = 100 },
            new() { Entities = [new EntityFilter(ArchiveEntity.Account, [9, 1]), new EntityFilter(ArchiveEntity.Bssid, [5])] },
            new() { Decisions = [1] },
        ];
        DecisionSearch[] refusing =
        [
            new() { Scene = "register" },
            new() { Verdict = "pass" },
            new() { Label = "hook" },
            new() { Rule = "rule_b" },
            new() { MinScore = 101 },
            new() { IsDegraded = true },
            new() { Entities = [new EntityFilter(ArchiveEntity.Account, [1]), new EntityFilter(ArchiveEntity.Bssid, [6])] },
            new() { Decisions = [2] },
            new() { Identifiers = [1] },
        ];

        Assert.All(taking, search => Assert.True(search.Takes(row), search.Address()));
        Assert.All(refusing, search => Assert.False(search.Takes(row), search.Address()));
    }
}
