using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>What the log of one entity holds: figures of seven days, and how much of them is recent.</summary>
/// <param name="Week">Attempts within seven days, this one included.</param>
/// <param name="Recent">Share of them in the last 24 hours; each shorter window holds such a share of the next longer one, raised to a power.</param>
/// <param name="Registrations">Share of registrations.</param>
/// <param name="Accounts">Distinct accounts within seven days.</param>
/// <param name="Devices">Distinct devices within seven days.</param>
/// <param name="Failures">Share of failed logins.</param>
/// <param name="Harassment">Confirmed harassment within seven days.</param>
/// <param name="Regularity">Evenness, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GroupActivity(
    double Week,
    double Recent,
    double Registrations,
    double Accounts,
    double Devices,
    double Failures,
    double Harassment,
    double Regularity);
