using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>
/// The ground on which a signal may be read, by its consent category. Sources: Personal Information Protection Law of
/// 20 August 2021; Cybersecurity Law as amended on 28 October 2025, in force since 1 January 2026, which made its
/// Art. 21 Art. 23; Law on Combating Telecom and Online Fraud of 2 September 2022.
/// </summary>
internal static class LegalBases
{
    private static readonly InventoryText Necessary = new(
        "necessary for the contract with the user and for duties set by law: Personal Information Protection Law Art. 13 (1) items 2 and 3; "
        + "Cybersecurity Law Art. 23 (Art. 21 before 2026); Law on Combating Telecom and Online Fraud Art. 22",
        "为订立、履行与用户的合同及履行法定义务所必需：《个人信息保护法》第十三条第一款第（二）、（三）项；"
        + "《网络安全法》第二十三条（2026 年以前为第二十一条）；《反电信网络诈骗法》第二十二条");

    private static readonly InventoryText Consent = new(
        "the user's consent, which can be withdrawn at any time: Personal Information Protection Law Art. 13 (1) item 1, Art. 15",
        "用户同意，且可随时撤回：《个人信息保护法》第十三条第一款第（一）项、第十五条");

    /// <summary>The ground.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a category of the contract.</exception>
    public static InventoryText Of(ConsentCategory category) => category switch
    {
        ConsentCategory.Essential => Necessary,
        > ConsentCategory.Essential and <= ConsentCategory.Software => Consent,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Not a category of the contract."),
    };

    /// <summary>Name of the category.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a category of the contract.</exception>
    public static InventoryText NameOf(ConsentCategory category) => category switch
    {
        ConsentCategory.Essential => new("essential", "必要"),
        ConsentCategory.DeviceIdentifiers => new("device identifiers", "设备标识符"),
        ConsentCategory.AdvertisingIdentifiers => new("advertising identifiers", "广告标识符"),
        ConsentCategory.NetworkIdentifiers => new("network identifiers", "网络标识符"),
        ConsentCategory.Sim => new("SIM card", "手机卡"),
        ConsentCategory.Motion => new("motion sensors", "运动传感器"),
        ConsentCategory.Software => new("installed software", "已装软件"),
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Not a category of the contract."),
    };
}
