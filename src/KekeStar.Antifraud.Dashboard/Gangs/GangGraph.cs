using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Entities;
using KekeStar.Antifraud.Dashboard.Language;

namespace KekeStar.Antifraud.Dashboard.Gangs;

/// <summary>
/// A gang as rings: in the middle what ties it together, around that the devices, and outside the accounts, each beside its device. The same gang
/// looks the same each time.
/// </summary>
internal static class GangGraph
{
    /// <summary>Most entities in the middle: 12, those with the most members; the table beside the graph has all.</summary>
    public const int ShownShared = 12;

    /// <summary>Most devices: 24, those with the most ties. With what stands at them more would run into each other.</summary>
    public const int ShownDevices = 24;

    /// <summary>Most accounts: 36, first those of the devices that are shown.</summary>
    public const int ShownAccounts = 36;

    private const double SharedRadius = 70;
    private const double DeviceRadius = 165;
    private const double AccountRadius = 260;

    // Where many stand side by side, every other one stands further out, so that both can be read.
    private const double Stagger = 36;
    private const int StaggeredFrom = 20;
    private const double Flatness = 1.2;
    private const int MemberSize = 14;
    private const int LargestSize = 34;

    /// <summary>The graph as ECharts' option.</summary>
    public static object Option(GangCluster gang, Texts texts)
    {
        var places = Places(gang);
        var members = gang.Shared.GroupBy(static shared => (shared.Entity, shared.Id)).ToDictionary(static shared => shared.Key, static shared => shared.First().Members);
        var nodes = places.Select(place => (Node: GraphNode.Of(place.Key.Entity, place.Key.Id, SizeOf(members.GetValueOrDefault(place.Key))), Place: ((double X, double Y)?)place.Value));
        var lines = gang.Ties
            .Where(tie => places.ContainsKey((tie.Member, tie.MemberId)) && places.ContainsKey((tie.Entity, tie.Id)))
            .Select(static tie => (GraphNode.KeyOf(tie.Member, tie.MemberId), GraphNode.KeyOf(tie.Entity, tie.Id)));
        return EntityGraph.Option([.. nodes], lines, texts);
    }

    /// <summary>The gang with the members that the graph shows: the most connected.</summary>
    public static GangCluster Shown(GangCluster gang)
    {
        var ties = gang.Ties
            .SelectMany(static tie => new[] { (Entity: tie.Member, Id: tie.MemberId), (tie.Entity, tie.Id) })
            .CountBy(static end => end)
            .ToDictionary(static count => count.Key, static count => count.Value);
        var devices = gang.Devices.OrderByDescending(device => ties.GetValueOrDefault((ArchiveEntity.Device, device))).Take(ShownDevices).ToHashSet();
        var near = gang.Ties
            .Where(tie => tie is { Member: ArchiveEntity.Account, Entity: ArchiveEntity.Device } && devices.Contains(tie.Id))
            .Select(static tie => tie.MemberId)
            .ToHashSet();
        var accounts = gang.Accounts
            .OrderByDescending(near.Contains)
            .ThenByDescending(account => ties.GetValueOrDefault((ArchiveEntity.Account, account)))
            .Take(ShownAccounts)
            .ToHashSet();
        return gang with { Devices = [.. gang.Devices.Where(devices.Contains)], Accounts = [.. gang.Accounts.Where(accounts.Contains)] };
    }

    /// <summary>Where each entity of a gang stands; the middle is (0, 0).</summary>
    public static Dictionary<(ArchiveEntity Entity, long Id), (double X, double Y)> Places(GangCluster gang)
    {
        var places = new Dictionary<(ArchiveEntity Entity, long Id), (double X, double Y)>();
        var shared = gang.Shared.Where(static shared => shared.Entity != ArchiveEntity.Device).Take(ShownShared).ToList();
        for (var i = 0; i < shared.Count; i++)
        {
            places[(shared[i].Entity, shared[i].Id)] = At(shared.Count == 1 ? 0 : SharedRadius, i, shared.Count);
        }

        // The first device that an account was seen on; the ties begin with the most frequent.
        var deviceOf = new Dictionary<long, long>();
        foreach (var tie in gang.Ties.Where(static tie => tie is { Member: ArchiveEntity.Account, Entity: ArchiveEntity.Device }))
        {
            deviceOf.TryAdd(tie.MemberId, tie.Id);
        }

        var groups = gang.Devices
            .Select(device => (Device: (long?)device, Accounts: gang.Accounts.Where(account => deviceOf.TryGetValue(account, out var on) && on == device).ToList()))
            .Concat(gang.Accounts.Where(account => !deviceOf.TryGetValue(account, out var on) || !gang.Devices.Contains(on)).Select(static account => (Device: (long?)null, Accounts: new List<long> { account })))
            .ToList();
        var slots = groups.Sum(static group => Math.Max(1, group.Accounts.Count));
        var slot = 0;
        foreach (var (device, accounts) in groups)
        {
            var width = Math.Max(1, accounts.Count);
            if (device is { } id)
            {
                places[(ArchiveEntity.Device, id)] = At(DeviceRadius, slot + ((width - 1) / 2.0), slots);
            }

            for (var i = 0; i < accounts.Count; i++)
            {
                var further = slots >= StaggeredFrom && (slot + i) % 2 == 1 ? Stagger : 0;
                places[(ArchiveEntity.Account, accounts[i])] = At(AccountRadius + further, slot + i, slots);
            }

            slot += width;
        }

        return places;
    }

    private static (double X, double Y) At(double radius, double slot, int slots)
    {
        var angle = (2 * Math.PI * slot / slots) - (Math.PI / 2);
        return (Flatness * radius * Math.Cos(angle), radius * Math.Sin(angle));
    }

    // What many share stands out.
    private static int SizeOf(int members) => members == 0 ? MemberSize : Math.Min(MemberSize + 2 + (2 * members), LargestSize);
}
