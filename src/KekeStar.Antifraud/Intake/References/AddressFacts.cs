using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>What public registers say of an IP address. The default value says nothing: an address that no register covers.</summary>
/// <param name="Asn">
/// Number of the autonomous system that announces it (RFC 6793); 0 is unknown, which RFC 7607 keeps free for no one.
/// </param>
/// <param name="Country">Where the network is registered or, if its holder published that, used; not where a person is.</param>
/// <param name="IsHosting">
/// True if the autonomous system is known to rent out machines (a cloud, a data centre, a VPN's exits). False is no
/// proof of a home: see docs/addresses.md.
/// </param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AddressFacts(uint Asn, CountryCode Country, bool IsHosting);
