using System.Buffers.Binary;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Which phone maker the first 24 bits of a MAC address are assigned to (IEEE MA-L). Prefixes of makers of chips and
/// modules, of contract manufacturers and of everyone else are not in it: they say nothing about the phone's brand.
/// </summary>
internal sealed class OuiTable
{
    private const int PrefixDigits = 6;

    private readonly NumberList _prefixes;

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal OuiTable(TableFile file, string place)
    {
        Header = file.Header;
        _prefixes = new NumberList(file.Payload, sizeof(ushort), place);
    }

    /// <summary>What the file says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>Looks an address up.</summary>
    /// <param name="mac">Normal form: 12 hexadecimal digits.</param>
    /// <returns>The maker's number in <see cref="BrandTable"/>; 0: not assigned to a phone maker, or no address.</returns>
    internal ushort FindMaker(ReadOnlySpan<byte> mac)
    {
        if (mac.Length != MacAddress.Length)
        {
            return 0;
        }

        uint prefix = 0;
        foreach (var digit in mac[..PrefixDigits])
        {
            var value = HexDigit(digit);
            if (value < 0)
            {
                return 0;
            }

            prefix = (prefix << 4) | (uint)value;
        }

        var index = _prefixes.Find(prefix);
        return index < 0 ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(_prefixes.Value(index));
    }

    private static int HexDigit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
