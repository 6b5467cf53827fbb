namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>All decisions of a range of time that have the same entities.</summary>
/// <param name="Number">Its place in the question's table.</param>
/// <param name="Account">The account.</param>
/// <param name="Device">The device.</param>
/// <param name="Bssid">The access point.</param>
/// <param name="IpPrefix">The network prefix.</param>
/// <param name="Cohort">Model, build and app version.</param>
/// <param name="Decisions">How many.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="MaxScore">The highest score.</param>
internal sealed record ClusterGroup(
    long Number,
    long? Account,
    long? Device,
    long? Bssid,
    long? IpPrefix,
    long? Cohort,
    long Decisions,
    DateTimeOffset First,
    DateTimeOffset Last,
    int MaxScore)
{
    /// <summary>Who it is about: the device, or the account where there is none.</summary>
    public long? Member => Device ?? Account;

    /// <summary>One of its entities.</summary>
    public long? Id(ArchiveEntity entity) => entity switch
    {
        ArchiveEntity.Account => Account,
        ArchiveEntity.Device => Device,
        ArchiveEntity.Bssid => Bssid,
        ArchiveEntity.IpPrefix => IpPrefix,
        ArchiveEntity.Cohort => Cohort,
        _ => null,
    };
}
