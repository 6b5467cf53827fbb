namespace KekeStar.Antifraud.Simulation.People;

/// <summary>The phones of the scenarios.</summary>
internal static class PhoneModels
{
    /// <summary>A cheap phone of many: what students have, and what farms buy and what they claim to be.</summary>
    internal static PhoneModel Popular { get; } = new(
        "xiaomi", "Redmi", "23113RKC6C", 10, new("15", "AQ3A.240912.001"), new("14", "UKQ1.230804.001"), new("16", "BP2A.250605.031"));

    /// <summary>The model whose first day of sale is told.</summary>
    internal static PhoneModel Launched { get; } = new("xiaomi", "Xiaomi", "25098PN5AC", 0, new SystemBuild("16", "BP2A.250605.031.A3"));

    /// <summary>What is met in the street.</summary>
    internal static IReadOnlyList<PhoneModel> All { get; } =
    [
        Popular,
        new("xiaomi", "Xiaomi", "23127PN0CC", 6, new("16", "BP2A.250605.031"), new("15", "AQ3A.240912.001"), new("14", "UKQ1.230804.001")),
        new("xiaomi", "Redmi", "22041211AC", 4, new("14", "UP1A.231005.007"), new("13", "TP1A.220624.014")),
        new("xiaomi", "Xiaomi", "MI 8", 1, new SystemBuild("9", "PKQ1.180729.001")),
        new("huawei", "HUAWEI", "ELS-AN00", 6, new("12", "ELS-AN00 4.2.0.160(C00E160R6P3)"), new("10", "ELS-AN00 2.0.0.268(C00E260R5P1)")),
        new("huawei", "HUAWEI", "JAD-AL50", 5, new SystemBuild("12", "JAD-AL50 4.2.0.130(C00E130R4P2)")),
        new("huawei", "HONOR", "ANY-AN00", 4, new("13", "ANY-AN00 7.2.0.142(C00E140R4P3)"), new("12", "ANY-AN00 7.0.0.136(C00E135R3P3)")),
        new("oppo", "OPPO", "PHZ110", 6, new("16", "PHZ110_16.0.0.206(CN01)"), new("15", "PHZ110_15.0.0.840(CN01)"), new("14", "PHZ110_14.0.1.711(CN01)")),
        new("oppo", "OPPO", "PFFM10", 5, new("14", "PFFM10_14.0.0.600(CN01)"), new("13", "PFFM10_13.1.0.520(CN01)")),
        new("oppo", "OnePlus", "PJZ110", 3, new("16", "PJZ110_16.0.0.202(CN01)"), new("15", "PJZ110_15.0.0.831(CN01)")),
        new("oppo", "realme", "RMX3370", 2, new SystemBuild("14", "RMX3370_14.0.0.700(CN01)")),
        new("vivo", "vivo", "V2309A", 6, new("16", "PD2309C_A_16.0.9.20.W10"), new("15", "PD2309C_A_15.0.18.5.W10"), new("14", "PD2309C_A_14.0.21.3.W10")),
        new("vivo", "vivo", "V2046A", 4, new SystemBuild("13", "PD2046C_A_13.1.12.6.W10")),
        new("vivo", "iQOO", "V2218A", 3, new("15", "PD2218C_A_15.0.12.7.W10"), new("14", "PD2218C_A_14.0.19.1.W10")),
        new("vivo", "vivo", "V1838A", 1, new SystemBuild("9", "PD1838_A_9.8.19")),
        new("samsung", "samsung", "SM-S9280", 2, new("16", "BP2A.250605.031.A3.S9280ZCU5CYI3"), new("15", "AP3A.240905.015.A2.S9280ZCU3BYA8")),
        new("lenovo", "motorola", "XT2201-2", 1, new SystemBuild("14", "U1TQS34.63-45-3")),
        new("apple", "Apple", "iPhone13,2", 4, new("26.0.1", "23A355"), new("18.6.2", "22G100"), new("17.6.1", "21G101")),
        new("apple", "Apple", "iPhone14,5", 7, new("26.0.1", "23A355"), new("18.6.2", "22G100"), new("26.1", "23B85"), new("17.6.1", "21G101")),
        new("apple", "Apple", "iPhone15,3", 6, new("26.1", "23B85"), new("26.0.1", "23A355"), new("18.6.2", "22G100")),
        new("apple", "iPhone", "iPhone16,2", 7, new("26.1", "23B85"), new("26.0.1", "23A355"), new("18.6.2", "22G100")),
        new("apple", "Apple", "iPhone12,1", 4, new("18.6.2", "22G100"), new("26.0.1", "23A355"), new("17.6.1", "21G101")),
    ];

    private static readonly int Shares = All.Sum(model => model.Share);

    /// <summary>A phone as often as it is met.</summary>
    internal static PhoneModel Any(Random random)
    {
        var ticket = random.Next(Shares);
        foreach (var model in All)
        {
            ticket -= model.Share;
            if (ticket < 0)
            {
                return model;
            }
        }

        return All[^1];
    }
}
