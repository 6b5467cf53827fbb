using System.Text.Json;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Dashboard.Entities;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Tests.Archive;

namespace KekeStar.Antifraud.Tests.Dashboard.Entities;

public sealed class EntityGraphTests
{
    [Fact]
    public void Every_node_of_a_decisions_graph_leads_to_its_page_and_one_to_the_gang()
    {
        var row = ArchiveUnderTest.Row(new MadeDecision { Account = 1, Device = -2, Rules = 1 });
        var series = Series(EntityGraph.OfDecision(row, [(ArchiveEntity.Account, 1), (ArchiveEntity.Device, -2)], new Texts()));

        Assert.Equal(
            [null, "/entities/account/0000000000000001", "/entities/device/fffffffffffffffe", "/gangs/account/0000000000000001?range=custom&from=2026-11-19T10:00:00Z&to=2026-11-21T10:00:00Z&score=250"],
            series.GetProperty("data").EnumerateArray().Select(static node => node.GetProperty("link").GetString() is { } link ? Uri.UnescapeDataString(link) : null),
            StringComparer.Ordinal);
        Assert.Equal(3, series.GetProperty("links").GetArrayLength());
    }

    [Fact]
    public void The_graph_of_an_entity_shows_the_busiest_of_each_kind()
    {
        var links = Enumerable.Range(1, EntityGraph.ShownOfKind + 5)
            .Select(static id => new EntityLink(ArchiveEntity.Account, id, 100 - id, ArchiveUnderTest.Start, ArchiveUnderTest.Start, 0))
            .Append(new EntityLink(ArchiveEntity.Ip, 9, 1, ArchiveUnderTest.Start, ArchiveUnderTest.Start, 0))
            .ToList();
        var data = Series(EntityGraph.OfEntity(ArchiveEntity.Device, 77, links, gang: null, new Texts())).GetProperty("data");

        Assert.Equal(1 + EntityGraph.ShownOfKind + 1, data.GetArrayLength());
        Assert.Equal("device:000000000000004d", data[0].GetProperty("id").GetString());
    }

    [Fact]
    public void A_time_line_has_the_hours_without_a_decision_too()
    {
        var timeline = new EntityTimeline([new(ArchiveUnderTest.Start, "pass", 2, 0), new(ArchiveUnderTest.Start.AddHours(3), "reject", 1, 900)]);

        Assert.Equal(4, EntityCharts.HoursOf(timeline).Count);
        Assert.Empty(EntityCharts.HoursOf(new EntityTimeline([])));
    }

    [Theory]
    [InlineData("0000000000000001", new[] { 1L })]
    [InlineData("ffffffffffffffff-0000000000000002", new[] { -1L, 2L })]
    [InlineData("1", null)]
    [InlineData("00000000000000zz", null)]
    [InlineData("", null)]
    public void Pseudonyms_come_back_from_an_address(string text, long[]? expected)
    {
        Assert.Equal(expected is not null, PseudonymText.TryRead(text, out var ids));
        Assert.Equal(expected ?? [], ids);
        Assert.Equal(expected is null ? "" : text, PseudonymText.Join(ids));
    }

    [Fact]
    public void Every_slot_of_an_event_has_a_name_in_both_languages()
    {
        foreach (var language in LanguageChoice.All)
        {
            var texts = new Texts();
            texts.Use(language);
            Assert.All(EntitySlotNames.All, slot => Assert.NotEmpty(EntityWords.KindOf(texts, slot)));
        }

        Assert.Equal("IMEI 2", EntityWords.KindOf(new Texts(), "imei_2"));
        Assert.All(ArchiveEntities.All, static entity => Assert.Equal(entity, EntityWords.Find(ArchiveEntities.Column(entity))));
    }

    private static JsonElement Series(object option) => JsonSerializer.SerializeToElement(option).GetProperty("series")[0];
}
