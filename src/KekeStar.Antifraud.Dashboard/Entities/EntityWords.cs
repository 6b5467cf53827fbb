using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Language;

namespace KekeStar.Antifraud.Dashboard.Entities;

/// <summary>Names of entities in addresses and on screens.</summary>
internal static class EntityWords
{
    /// <summary>The entity that an address names; null: it names none.</summary>
    public static ArchiveEntity? Find(string? name)
    {
        foreach (var entity in ArchiveEntities.All)
        {
            if (ArchiveEntities.Column(entity) == name)
            {
                return entity;
            }
        }

        return null;
    }

    /// <summary>What an entity is.</summary>
    public static string KindOf(Texts texts, ArchiveEntity entity) => texts[$"Kind.{ArchiveEntities.Column(entity)}"];

    /// <summary>What stands in a slot of an event, such as <c>imei_2</c>: the second IMEI.</summary>
    public static string KindOf(Texts texts, string slot)
    {
        var end = slot.LastIndexOf('_');
        return end > 0 && int.TryParse(slot.AsSpan(end + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? $"{texts[$"Kind.{slot[..end]}"]} {slot[(end + 1)..]}"
            : texts[$"Kind.{slot}"];
    }

    /// <summary>Address of an entity's page.</summary>
    public static string PageOf(ArchiveEntity entity, IEnumerable<long> ids) => $"/entities/{ArchiveEntities.Column(entity)}/{PseudonymText.Join(ids)}";

    /// <summary>Address of an entity's page.</summary>
    public static string PageOf(ArchiveEntity entity, long id) => PageOf(entity, [id]);

    /// <summary>True if clusters can hold it or be held together by it.</summary>
    public static bool TiesTogether(ArchiveEntity entity) => entity != ArchiveEntity.Ip;
}
