using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Dashboard.Gangs;

/// <summary>An account or a device of a gang.</summary>
/// <param name="Entity">What it is.</param>
/// <param name="Id">First 64 bits of its pseudonym.</param>
/// <param name="Decisions">Decisions about it, as far as the gang's ties tell; 0: they do not.</param>
/// <param name="With">What it was seen with.</param>
internal sealed record GangMember(ArchiveEntity Entity, long Id, long Decisions, IReadOnlyList<(ArchiveEntity Entity, long Id)> With)
{
    /// <summary>The members of a gang, accounts before devices.</summary>
    public static IReadOnlyList<GangMember> AllOf(GangCluster gang) =>
    [
        .. gang.Accounts.Select(account => Of(gang, ArchiveEntity.Account, account)),
        .. gang.Devices.Select(device => Of(gang, ArchiveEntity.Device, device)),
    ];

    private static GangMember Of(GangCluster gang, ArchiveEntity entity, long id)
    {
        var asMember = gang.Ties.Where(tie => tie.Member == entity && tie.MemberId == id).Select(static tie => (tie.Entity, tie.Id, tie.Decisions));
        var asOther = gang.Ties.Where(tie => tie.Entity == entity && tie.Id == id).Select(static tie => (Entity: tie.Member, Id: tie.MemberId, tie.Decisions));
        var ties = asMember.Concat(asOther).ToList();

        // One decision makes a tie to each thing that it has: those to one kind of thing count it once.
        var decisions = ties.GroupBy(static tie => tie.Entity).Select(static kind => kind.Sum(static tie => tie.Decisions)).DefaultIfEmpty().Max();
        return new GangMember(entity, id, decisions, [.. ties.Select(static tie => (tie.Entity, tie.Id))]);
    }
}
