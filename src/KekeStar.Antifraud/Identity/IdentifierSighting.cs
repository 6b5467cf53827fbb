using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Identity;

/// <summary>One earlier attempt that an identifier was seen in.</summary>
/// <param name="Device">The device that the attempt was found to come from, 64 bits; 0: none.</param>
/// <param name="Install">Mark of the installation; 0: unknown.</param>
/// <param name="HasHardware">True if it came with an IMEI.</param>
/// <param name="IsOwnAccount">True if it was an attempt of the same account.</param>
/// <param name="IsOwnEvent">True if it was this very event: a retry.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IdentifierSighting(ulong Device, byte Install, bool HasHardware, bool IsOwnAccount, bool IsOwnEvent);
