using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>
/// A phone as it was sold: what it reports by the maker's own specification. Written down by hand, independently of the
/// reference tables, so that the two can disagree.
/// </summary>
/// <param name="Maker">Maker's name in the table of makers.</param>
/// <param name="Brand">Build.BRAND.</param>
/// <param name="Model">Build.MODEL, or hardware name of iOS.</param>
/// <param name="First">Major version that it was sold with.</param>
/// <param name="Last">Last major version that it got by 2026.</param>
internal sealed record PhoneLine(string Maker, string Brand, string Model, int First, int Last)
{
    internal Platform Platform => Maker == "apple" ? Platform.Ios : Platform.Android;

    internal static IReadOnlyList<PhoneLine> All { get; } =
    [
        new("apple", "Apple", "iPhone9,1", 10, 15),
        new("apple", "Apple", "iPhone10,3", 11, 16),
        new("apple", "Apple", "iPhone11,8", 12, 18),
        new("apple", "Apple", "iPhone12,1", 13, 26),
        new("apple", "Apple", "iPhone13,2", 14, 26),
        new("apple", "Apple", "iPhone14,5", 15, 26),
        new("apple", "Apple", "iPhone15,3", 16, 26),
        new("apple", "iPhone", "iPhone16,2", 17, 26),
        new("samsung", "samsung", "SM-G9500", 7, 9),
        new("samsung", "samsung", "SM-G9730", 9, 12),
        new("samsung", "samsung", "SM-G9910", 11, 15),
        new("samsung", "samsung", "SM-S9080", 12, 16),
        new("samsung", "samsung", "SM-S9280", 14, 16),
        new("samsung", "samsung", "SM-A5560", 14, 16),
        new("samsung", "samsung", "SM-F7310", 13, 16),
        new("xiaomi", "Xiaomi", "MI 8", 8, 10),
        new("xiaomi", "Xiaomi", "M2011K2C", 11, 14),
        new("xiaomi", "Redmi", "M2012K11AC", 11, 13),
        new("xiaomi", "Redmi", "Redmi Note 8", 9, 11),
        new("xiaomi", "Redmi", "22041211AC", 12, 14),
        new("xiaomi", "Xiaomi", "2201123C", 12, 15),
        new("xiaomi", "Xiaomi", "23127PN0CC", 14, 16),
        new("xiaomi", "Redmi", "23113RKC6C", 14, 16),
        new("xiaomi", "POCO", "M2102J20SG", 11, 13),
        new("huawei", "HUAWEI", "ELS-AN00", 10, 12),
        new("huawei", "HUAWEI", "VOG-AL10", 9, 12),
        new("huawei", "HONOR", "YAL-AL00", 9, 10),
        new("huawei", "HONOR", "ANY-AN00", 11, 13),
        new("huawei", "HUAWEI", "JAD-AL50", 12, 12),
        new("oppo", "OPPO", "PBEM00", 8, 10),
        new("oppo", "OPPO", "PCLM10", 9, 11),
        new("oppo", "OPPO", "PFFM10", 12, 14),
        new("oppo", "OPPO", "PHZ110", 14, 16),
        new("oppo", "OPPO", "CPH2219", 11, 13),
        new("oppo", "OnePlus", "HD1900", 10, 12),
        new("oppo", "OnePlus", "LE2120", 11, 14),
        new("oppo", "OnePlus", "PJZ110", 15, 16),
        new("oppo", "realme", "RMX1971", 9, 11),
        new("oppo", "realme", "RMX3370", 11, 14),
        new("vivo", "vivo", "V1838A", 9, 10),
        new("vivo", "vivo", "V2046A", 11, 13),
        new("vivo", "iQOO", "V2218A", 13, 15),
        new("vivo", "vivo", "V2309A", 14, 16),
        new("lenovo", "motorola", "XT2201-2", 12, 14),
        new("lenovo", "Lenovo", "Lenovo L78071", 9, 10),
        new("zte", "nubia", "NX669J", 11, 13),
        new("google", "google", "Pixel 6", 12, 16),
        new("google", "google", "Pixel 8 Pro", 14, 16),
        new("sony", "Sony", "XQ-CT72", 12, 15),
        new("asus", "asus", "ASUS_I005DA", 11, 13),
        new("meizu", "meizu", "meizu 18", 11, 12),
        new("a maker without codes", "Gradiente", "NEO ONE 5", 8, 8),
    ];
}
