using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Archiving;
using KekeStar.Antifraud.Dashboard.Entities;

namespace KekeStar.Antifraud.Dashboard.Gangs;

/// <summary>Addresses of gangs. A gang has no name of its own: it is the one that an entity is in.</summary>
internal static class GangWords
{
    /// <summary>How far around a decision its gang is looked for: a day.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    /// <summary>Page of the gang that an entity is in.</summary>
    public static string PageOf(ArchiveEntity entity, IEnumerable<long> ids, GangSearch search) =>
        search.Address($"/gangs/{ArchiveEntities.Column(entity)}/{PseudonymText.Join(ids)}");

    /// <summary>The same, among suspicious decisions of a range of time.</summary>
    public static string PageOf(ArchiveEntity entity, IEnumerable<long> ids, TimeRange range) => PageOf(entity, ids, new GangSearch(range));

    /// <summary>The same around a moment.</summary>
    public static string PageOf(ArchiveEntity entity, long id, DateTimeOffset time) => PageOf(entity, [id], TimeRange.Between(time - Around, time + Around));

    /// <summary>Page of a gang that was found.</summary>
    public static string PageOf(GangCluster gang, GangSearch search) => gang.Devices.Count > 0
        ? PageOf(ArchiveEntity.Device, [gang.Devices[0]], search)
        : PageOf(ArchiveEntity.Account, [gang.Accounts[0]], search);
}
