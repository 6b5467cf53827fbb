using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Dashboard.Lists;

/// <summary>The kinds of entities that can be listed, by their names in the contract.</summary>
internal static class ListKinds
{
    /// <summary>The names, the ones used most first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "account", "ip", "ip_prefix", "bssid", "imei", "meid", "android_id", "oaid", "idfa", "idfv", "open_udid", "guid", "serial", "mac", "iccid",
        "imsi", "sim_serial",
    ];

    /// <summary>Name of a kind; empty: it cannot be listed by name.</summary>
    public static string NameOf(EntityKind kind) => Names.FirstOrDefault(name => EntityPseudonyms.KindOf(name) == kind) ?? "";
}
