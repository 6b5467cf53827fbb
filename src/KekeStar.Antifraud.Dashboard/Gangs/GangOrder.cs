using KekeStar.Antifraud.Archive.Reading;

namespace KekeStar.Antifraud.Dashboard.Gangs;

/// <summary>In which order gangs are shown.</summary>
internal enum GangOrder
{
    /// <summary>The one with the most members first.</summary>
    Size,

    /// <summary>The one that grew most within its last hour first.</summary>
    Growth,

    /// <summary>The one that began last first.</summary>
    Newest,
}

/// <summary>Puts gangs in order.</summary>
internal static class GangOrders
{
    /// <summary>All orders.</summary>
    public static IReadOnlyList<GangOrder> All { get; } = Enum.GetValues<GangOrder>();

    /// <summary>The gangs in an order.</summary>
    public static IReadOnlyList<GangCluster> Order(this IReadOnlyList<GangCluster> gangs, GangOrder order) => order switch
    {
        GangOrder.Growth => [.. gangs.OrderByDescending(static gang => gang.GrowthPerHour).ThenByDescending(static gang => gang.Size)],
        GangOrder.Newest => [.. gangs.OrderByDescending(static gang => gang.First)],
        _ => gangs,
    };
}
