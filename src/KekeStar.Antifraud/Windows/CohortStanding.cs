using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// What the log of an event's cohort says when it is laid beside that of its network: the event itself included, of the last 7
/// days, and of the last 256 attempts of either log at most.
/// </summary>
/// <param name="Surge">
/// Registrations of the last 24 hours ÷ registrations a day before, which count as one a day at least; NaN: the log does not hold
/// the last 24 hours and a day before them.
/// </param>
/// <param name="PrefixRegistrations">Registrations of the cohort in this network (IPv4 /24, IPv6 /48).</param>
/// <param name="PrefixShare">These ÷ all registrations in this network; NaN: there is none.</param>
/// <param name="PrefixHours">Different hours of the day of these, UTC+8: 0 … 24.</param>
/// <param name="IsAtLeast">True if one of the logs was cut: counts may be higher.</param>
/// <param name="HasPrefix">True if the network is known; else what rests on it is not.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CohortStanding(
    double Surge, int PrefixRegistrations, double PrefixShare, int PrefixHours, bool IsAtLeast, bool HasPrefix);
