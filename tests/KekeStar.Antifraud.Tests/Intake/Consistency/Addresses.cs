using System.Text;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>Countries of addresses, by the shipped table.</summary>
internal static class Addresses
{
    internal static ushort CountryOf(string address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return ClientAddress.TryParse(Encoding.ASCII.GetBytes(address), bytes, out var isIPv4) == NormaliseStatus.Ok
            ? ReferenceTables.Embedded.Addresses.Find(bytes, isIPv4).Country.Value
            : (ushort)0;
    }
}
