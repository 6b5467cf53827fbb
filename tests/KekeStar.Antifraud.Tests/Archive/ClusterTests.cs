using KekeStar.Antifraud.Archive;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Tests.Archive;

/// <summary>What hangs together, and what one entity was seen with.</summary>
public sealed class ClusterTests
{
    private static readonly DecisionFilter Everything = new() { From = ArchiveUnderTest.Start, To = ArchiveUnderTest.Start.AddHours(3) };

    [Fact]
    public async Task A_gang_is_found_with_its_members_and_what_they_share()
    {
        await using var archive = new ArchiveUnderTest();

        // Ten accounts on three devices behind one access point, the last two of them within an hour; and two people of their own.
        archive.Write(
        [
            .. Enumerable.Range(0, 10).Select(static number => new MadeDecision
            {
                Decision = number + 1,
                At = TimeSpan.FromMinutes(10 * number),
                Account = 1_000 + number,
                Device = 2_000 + (number % 3),
                Bssid = 77,
                Rules = 2,
                Labels = 1,
            }),
            new MadeDecision { Decision = 21, Account = 1, Device = 2, IpPrefix = 5 },
            new MadeDecision { Decision = 22, Account = 3, Device = 4, IpPrefix = 6 },
        ]);

        var gang = Assert.Single((await archive.Archive.ClustersAsync(Everything, CancellationToken.None)).Value);

        Assert.Equal((10, 10, 3, 10), (gang.Decisions, gang.AccountCount, gang.DeviceCount, gang.Size));
        Assert.Equal(Enumerable.Range(1_000, 10).Select(static account => (long)account), gang.Accounts);
        Assert.Equal([2_000L, 2_001L, 2_002L], gang.Devices);
        Assert.Contains(new SharedEntity(ArchiveEntity.Bssid, 77, 3), gang.Shared);
        Assert.Contains(new SharedEntity(ArchiveEntity.Device, 2_000, 4), gang.Shared);
        Assert.Equal([new NameCount("rooted", 10)], gang.Labels);
        Assert.Equal([new NameCount("rule_b", 10)], gang.Rules);
        Assert.Equal(ArchiveUnderTest.Start, gang.First);
        Assert.Equal(ArchiveUnderTest.Start.AddMinutes(90), gang.Last);

        // Of 40, 50 … 90 minutes.
        Assert.Equal(6, gang.GrowthPerHour);
    }

    [Fact]
    public async Task A_gang_tells_who_was_seen_with_what()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Account = 1, Device = 10, Bssid = 77, Rules = 2 },
            new MadeDecision { Decision = 2, Account = 1, Device = 10, Bssid = 77, Rules = 2, At = TimeSpan.FromMinutes(1) },
            new MadeDecision { Decision = 3, Account = 2, Device = 11, Bssid = 77, IpPrefix = 5, Rules = 2, At = TimeSpan.FromMinutes(2) });

        var gang = Assert.Single((await archive.Archive.ClustersAsync(Everything, CancellationToken.None)).Value);

        // A network that nobody else has ties nobody.
        Assert.Equal(
            [
                new(ArchiveEntity.Account, 1, ArchiveEntity.Device, 10, 2),
                new(ArchiveEntity.Device, 10, ArchiveEntity.Bssid, 77, 2),
                new(ArchiveEntity.Account, 2, ArchiveEntity.Device, 11, 1),
                new GangTie(ArchiveEntity.Device, 11, ArchiveEntity.Bssid, 77, 1),
            ],
            gang.Ties);
    }

    [Theory]
    [InlineData(nameof(ArchiveEntity.Account), 3, 20)]
    [InlineData(nameof(ArchiveEntity.Device), 20, 20)]
    [InlineData(nameof(ArchiveEntity.Bssid), 77, 10)]
    [InlineData(nameof(ArchiveEntity.Account), 9, null)]
    public async Task The_gang_of_an_entity_is_found_however_small_it_is(string entity, long id, int? device)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Account = 1, Device = 10, Bssid = 77 },
            new MadeDecision { Decision = 2, Account = 2, Device = 10, Bssid = 77 },
            new MadeDecision { Decision = 3, Account = 5, Device = 10, Bssid = 77 },
            new MadeDecision { Decision = 4, Account = 3, Device = 20 },
            new MadeDecision { Decision = 5, Account = 4, Device = 20 },
            new MadeDecision { Decision = 6, Account = 9, Device = 30 });

        var gang = (await archive.Archive.ClusterOfAsync(Everything, new EntityFilter(Enum.Parse<ArchiveEntity>(entity), [id, 0]), CancellationToken.None)).Value;

        Assert.Equal(device, (int?)gang?.Devices[0]);
    }

    [Fact]
    public async Task The_gang_of_an_entity_tells_which_values_its_members_have_and_others_have_not()
    {
        await using var archive = new ArchiveUnderTest();

        // Nine of ten members are rooted at last, one of twenty-five others is; half of either are hooked.
        archive.Write(
        [
            .. Enumerable.Range(0, 10).Select(static number => new MadeDecision { Decision = 1 + number, Account = 100 + number, Device = 10, Labels = 0 }),
            .. Enumerable.Range(0, 10).Select(static number => new MadeDecision { Decision = 21 + number, Account = 100 + number, Device = 10, Labels = (number > 0 ? 1 : 0) | (number % 2 * 2), At = TimeSpan.FromMinutes(5) }),
            .. Enumerable.Range(0, 25).Select(static number => new MadeDecision { Decision = 41 + number, Account = 200 + number, Labels = (number == 0 ? 1 : 0) | (number % 2 * 2), At = TimeSpan.FromMinutes(6) }),
        ]);

        var gang = (await archive.Archive.ClusterOfAsync(Everything, new EntityFilter(ArchiveEntity.Device, [10]), CancellationToken.None)).Value!;

        Assert.Equal((10, 25), (gang.Common.Members, gang.Common.Others));
        Assert.Equal([new CommonFeature("software.root", 1, 0.9, 0.04)], gang.Common.Features);
    }

    [Fact]
    public async Task With_few_others_nothing_is_said_to_be_peculiar_to_a_gang()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
        [
            .. Enumerable.Range(0, 10).Select(static number => new MadeDecision { Decision = 1 + number, Account = 100 + number, Device = 10, Labels = 1 }),
            .. Enumerable.Range(1, CommonFeatureFinder.FewestOthers - 1).Select(static number => new MadeDecision { Decision = 40 + number, Account = 200 + number }),
        ]);

        var gang = (await archive.Archive.ClusterOfAsync(Everything, new EntityFilter(ArchiveEntity.Device, [10]), CancellationToken.None)).Value!;

        Assert.Equal(CommonFeatureFinder.FewestOthers - 1, gang.Common.Others);
        Assert.Empty(gang.Common.Features);
    }

    [Fact]
    public async Task The_features_of_few_members_of_a_large_gang_are_looked_at_those_seen_last()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
        [
            .. Enumerable.Range(0, 300).Select(static number => new MadeDecision { Decision = 1 + number, Account = 1_000 + number, Device = 10, Labels = number >= 100 ? 1 : 0, At = TimeSpan.FromSeconds(number) }),
            .. Enumerable.Range(1, 300).Select(static number => new MadeDecision { Decision = 1_000 + number, Account = 2_000 + number, At = TimeSpan.FromMinutes(6) }),
        ]);

        var common = (await archive.Archive.ClusterOfAsync(Everything, new EntityFilter(ArchiveEntity.Device, [10]), CancellationToken.None)).Value!.Common;

        Assert.Equal((ArchiveLimits.MaxCommonRows, ArchiveLimits.MaxCommonRows), (common.Members, common.Others));
        Assert.Equal([new CommonFeature("software.root", 1, 1, 0)], common.Features);
    }

    [Fact]
    public async Task Devices_that_register_without_an_account_are_a_gang_too()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(Enumerable.Range(1, 5).Select(static number => new MadeDecision { Decision = number, Device = number, Cohort = 9 }));

        var gang = Assert.Single((await archive.Archive.ClustersAsync(Everything, CancellationToken.None)).Value);

        Assert.Equal((0, 5, 5), (gang.AccountCount, gang.DeviceCount, gang.GrowthPerHour));
    }

    [Theory]
    [InlineData(ArchiveLimits.MaxSharers, 1)]
    [InlineData(ArchiveLimits.MaxSharers + 1, 0)]
    public async Task What_too_many_share_ties_nobody_together(int devices, int clusters)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(Enumerable.Range(1, devices).Select(static number => new MadeDecision { Decision = number, Device = number, IpPrefix = 9 }));

        Assert.Equal(clusters, (await archive.Archive.ClustersAsync(Everything, CancellationToken.None)).Value.Count);
    }

    [Fact]
    public async Task The_links_of_a_device_are_what_it_was_seen_with()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Device = 5, Account = 1, IpPrefix = 8, Rules = 1 },
            new MadeDecision { Decision = 2, Device = 5, Account = 1, IpPrefix = 9, At = TimeSpan.FromMinutes(2), Rules = 2 },
            new MadeDecision { Decision = 3, Device = 5, Account = 2, IpPrefix = 9, At = TimeSpan.FromMinutes(3) },
            new MadeDecision { Decision = 4, Device = 6, Account = 3, IpPrefix = 9, At = TimeSpan.FromMinutes(4) });

        var links = (await archive.Archive.LinksAsync(
            Everything with { Entities = [new EntityFilter(ArchiveEntity.Device, [5])] }, CancellationToken.None)).Value.Links;

        Assert.Equal(
            [
                new(ArchiveEntity.Account, 1, 2, ArchiveUnderTest.Start, ArchiveUnderTest.Start.AddMinutes(2), 250),
                new(ArchiveEntity.Account, 2, 1, ArchiveUnderTest.Start.AddMinutes(3), ArchiveUnderTest.Start.AddMinutes(3), 0),
                new(ArchiveEntity.IpPrefix, 9, 2, ArchiveUnderTest.Start.AddMinutes(2), ArchiveUnderTest.Start.AddMinutes(3), 250),
                new EntityLink(ArchiveEntity.IpPrefix, 8, 1, ArchiveUnderTest.Start, ArchiveUnderTest.Start, 100),
            ],
            links);
    }

    [Fact]
    public async Task Of_very_many_links_the_busiest_are_told_and_that_there_are_more()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(Enumerable.Range(1, ArchiveLimits.MaxLinks + 1).Select(static number => new MadeDecision { Decision = number, Device = 5, Account = number }));

        var answer = await archive.Archive.LinksAsync(
            Everything with { Entities = [new EntityFilter(ArchiveEntity.Device, [5])] }, CancellationToken.None);

        Assert.Equal(ArchiveStatus.Truncated, answer.Status);
        Assert.Equal(ArchiveLimits.MaxLinks, answer.Value.Links.Count);
    }

    [Fact]
    public async Task A_time_line_counts_by_hour_and_verdict()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Device = 5, Rules = 1 },
            new MadeDecision { Decision = 2, Device = 5, Rules = 2, At = TimeSpan.FromMinutes(20) },
            new MadeDecision { Decision = 3, Device = 5, Verdict = V1.Verdict.Reject, At = TimeSpan.FromMinutes(70) },
            new MadeDecision { Decision = 4, Device = 6, At = TimeSpan.FromMinutes(71) });

        var timeline = (await archive.Archive.TimelineAsync(
            Everything with { Entities = [new EntityFilter(ArchiveEntity.Device, [5])] }, CancellationToken.None)).Value;

        Assert.Equal([new(ArchiveUnderTest.Start, "pass", 2, 250), new TimelinePoint(ArchiveUnderTest.Start.AddHours(1), "reject", 1, 0)], timeline.Points);
        Assert.Equal((ArchiveUnderTest.Start, ArchiveUnderTest.Start.AddMinutes(70)), (timeline.First, timeline.Last));
    }

    [Fact]
    public async Task A_time_line_of_a_range_that_begins_and_ends_within_an_hour_counts_what_lies_in_it()
    {
        await using var archive = new ArchiveUnderTest();
        MadeDecision[] made =
        [
            .. Enumerable.Range(0, 36).Select(static number => new MadeDecision
            {
                Decision = number + 1,
                Device = 5,
                At = TimeSpan.FromMinutes(5 * number),
                Verdict = number % 3 == 0 ? V1.Verdict.Reject : V1.Verdict.Pass,
                Rules = number % 4,
            }),
        ];
        archive.Write(made);
        var (from, to) = (TimeSpan.FromMinutes(17), TimeSpan.FromMinutes(150));

        var timeline = (await archive.Archive.TimelineAsync(
            new DecisionFilter { From = ArchiveUnderTest.Start + from, To = ArchiveUnderTest.Start + to, Entities = [new EntityFilter(ArchiveEntity.Device, [5])] },
            CancellationToken.None)).Value;

        var inRange = made.Where(decision => decision.At >= from && decision.At < to).ToArray();
        Assert.Equal(
            inRange
                .GroupBy(static decision => (Hour: (int)decision.At.TotalHours, Verdict: decision.Verdict == V1.Verdict.Reject ? "reject" : "pass"))
                .OrderBy(static group => group.Key.Hour)
                .ThenByDescending(static group => group.Key.Verdict, StringComparer.Ordinal)
                .Select(static group => new TimelinePoint(ArchiveUnderTest.Start.AddHours(group.Key.Hour), group.Key.Verdict, group.Count(), group.Max(ArchiveUnderTest.ScoreOf))),
            timeline.Points);
        Assert.Equal((ArchiveUnderTest.Start + inRange[0].At, ArchiveUnderTest.Start + inRange[^1].At), (timeline.First, timeline.Last));
    }

    [Fact]
    public async Task Links_rest_on_the_newest_decisions_and_say_so_where_there_are_more()
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
        [
            new MadeDecision { Decision = 1, IpPrefix = 5, Device = 99 },
            .. Enumerable.Range(0, ArchiveLimits.MaxLinkRows).Select(static number => new MadeDecision { Decision = number + 2, IpPrefix = 5, Device = 7, At = TimeSpan.FromMinutes(61) }),
        ]);
        var filter = Everything with { Entities = [new EntityFilter(ArchiveEntity.IpPrefix, [5])] };

        var all = await archive.Archive.LinksAsync(filter, CancellationToken.None);
        var earlier = await archive.Archive.LinksAsync(filter with { To = ArchiveUnderTest.Start.AddHours(1) }, CancellationToken.None);

        Assert.Equal(ArchiveStatus.Truncated, all.Status);
        Assert.Equal([7L], all.Value.Links.Select(static link => link.Id));
        Assert.Equal(ArchiveLimits.MaxLinkRows, all.Value.Links[0].Decisions);
        Assert.Equal((ArchiveStatus.Ok, 99L), (earlier.Status, earlier.Value.Links[0].Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_asks_for_suspects_is_answered_from_their_files_alone(bool isMerged)
    {
        await using var archive = new ArchiveUnderTest();

        // Scores of 0, 100, 250 and 350.
        archive.Write(Enumerable.Range(0, 40).Select(static number => new MadeDecision { Decision = number + 1, Account = number, Device = 5, Rules = number % 4 }));
        if (isMerged)
        {
            archive.Clock.Advance(TimeSpan.FromHours(2));
            archive.Writer.KeepUp();
        }

        var suspects = Everything with { MinScore = ArchiveLimits.SuspectScore };
        var file = Assert.Single(archive.Catalog.FilesOf(ArchiveHour.Of(ArchiveUnderTest.Start)));
        Assert.Equal((true, isMerged), (file.HasSuspects, file.IsMerged));
        File.WriteAllText(file.RecordsPath, "not a file of records");

        var gang = Assert.Single((await archive.Archive.ClustersAsync(suspects, CancellationToken.None)).Value);
        var found = await archive.Archive.SearchAsync(suspects, ArchiveLimits.MaxPageRows, after: null, CancellationToken.None);

        Assert.Equal((20, 20), (gang.Decisions, gang.AccountCount));
        Assert.Equal(Enumerable.Range(0, 40).Where(static number => number % 4 > 1).Select(static number => number + 1L), found.Value.Rows.Select(static row => row.Decision).Order());
        Assert.Equal(
            ArchiveStatus.Unavailable,
            (await archive.Archive.ClustersAsync(Everything with { MinScore = ArchiveLimits.SuspectScore - 1 }, CancellationToken.None)).Status);
    }

    [Theory]
    [InlineData(nameof(ArchiveEntity.Cohort), ArchiveLimits.MaxLinkBytes, "2")]
    [InlineData(nameof(ArchiveEntity.Cohort), ArchiveLimits.MaxLinkBytes - 1, "1,2")]
    [InlineData(nameof(ArchiveEntity.Account), ArchiveLimits.MaxLinkBytes, "1,2")]
    public async Task Links_of_what_everybody_has_rest_on_so_many_bytes_and_those_of_an_account_on_all(string entity, long newestBytes, string devices)
    {
        await using var archive = new ArchiveUnderTest();
        archive.Write(
            new MadeDecision { Decision = 1, Account = 3, Cohort = 3, Device = 1 },
            new MadeDecision { Decision = 2, Account = 3, Cohort = 3, Device = 2, At = TimeSpan.FromMinutes(61) });
        archive.Catalog.FilesOf(ArchiveHour.Of(ArchiveUnderTest.Start.AddHours(1)))[0].Bytes = newestBytes;

        var answer = await archive.Archive.LinksAsync(
            Everything with { Entities = [new EntityFilter(Enum.Parse<ArchiveEntity>(entity), [3])] }, CancellationToken.None);

        Assert.Equal(devices, string.Join(',', answer.Value.Links.Where(static link => link.Entity == ArchiveEntity.Device).Select(static link => link.Id).Order()));
        Assert.Equal(devices.Length == 1 ? ArchiveStatus.Truncated : ArchiveStatus.Ok, answer.Status);
    }
}
