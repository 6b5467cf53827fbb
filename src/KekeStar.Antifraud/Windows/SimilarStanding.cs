using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// What the devices with like software do: of the one of the event's two clusters that registers more, the event itself included,
/// in the last 7 days, and of its last 256 attempts at most.
/// </summary>
/// <param name="RegistrationShare">Registrations ÷ attempts, 0 … 1.</param>
/// <param name="DeviceShare">Different devices ÷ attempts, 0 … 1: 1 where no device ever comes back.</param>
/// <param name="ActiveHours">Different hours of the day with an attempt, UTC+8: 1 … 24.</param>
/// <param name="RegistrationHours">Different hours of the day with a registration, UTC+8: 0 … 24.</param>
/// <param name="NightShare">Registrations between 1 and 6 o'clock, UTC+8, ÷ registrations; NaN: there is none.</param>
/// <param name="CohortShare">
/// Share of the cluster in the cohort's attempts of the last 24 hours, of the last 256 of them at most; NaN: no cohort is known.
/// </param>
/// <param name="PrefixRegistrations">Registrations of the cluster in this network (IPv4 /24, IPv6 /48); −1: no network is known.</param>
/// <param name="IsAtLeast">True if the cluster's log was cut: counts may be higher.</param>
/// <param name="IsPrefixAtLeast">True if the cluster's or the network's log was cut.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SimilarStanding(
    double RegistrationShare,
    double DeviceShare,
    int ActiveHours,
    int RegistrationHours,
    double NightShare,
    double CohortShare,
    int PrefixRegistrations,
    bool IsAtLeast,
    bool IsPrefixAtLeast);
