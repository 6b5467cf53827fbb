namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>The entities that decisions can be found by.</summary>
internal enum ArchiveEntity
{
    /// <summary>The account.</summary>
    Account,

    /// <summary>The device.</summary>
    Device,

    /// <summary>The address.</summary>
    Ip,

    /// <summary>The network prefix.</summary>
    IpPrefix,

    /// <summary>The access point.</summary>
    Bssid,

    /// <summary>Model, build and app version.</summary>
    Cohort,
}

/// <summary>Facts about the entities.</summary>
internal static class ArchiveEntities
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ArchiveEntity> All = Enum.GetValues<ArchiveEntity>();

    /// <summary>Name of the column.</summary>
    public static string Column(ArchiveEntity entity) => entity switch
    {
        ArchiveEntity.Account => "account",
        ArchiveEntity.Device => "device",
        ArchiveEntity.Ip => "ip",
        ArchiveEntity.IpPrefix => "ip_prefix",
        ArchiveEntity.Bssid => "bssid",
        ArchiveEntity.Cohort => "cohort",
        _ => throw new ArgumentOutOfRangeException(nameof(entity), entity, "Not an entity."),
    };
}
