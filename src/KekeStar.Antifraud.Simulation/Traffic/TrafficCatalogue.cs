using KekeStar.Antifraud.Simulation.Adversaries;
using KekeStar.Antifraud.Simulation.Segments;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>All segments and adversaries there are.</summary>
internal static class TrafficCatalogue
{
    /// <summary>Honest people.</summary>
    internal static IReadOnlyList<TrafficSource> Segments { get; } =
    [
        Household.Source, FamilyPhone.Source, DormitoryHouse.Source, OfficeFloor.Source, CafeRoom.Source, CarrierNat.Source, Traveller.Source,
        PhoneUpgrade.Source, SecondHandPhone.Source, AppUpdate.Source, Outage.Source, MarketingBurst.Source, LaunchOfModel.Source,
        ConsentRefuser.Source, OldPhone.Source,
    ];

    /// <summary>Adversaries.</summary>
    internal static IReadOnlyList<TrafficSource> Adversaries { get; } =
    [
        EmulatorFarm.Source, PhoneFarm.Source, CloudPhones.Source, ScriptedClient.Source, CredentialStuffing.Source, AccountTakeover.Source,
        SlowAndLow.Source, IdentifierFlood.Source, HarassmentRing.Source, Prober.Source,
    ];
}
