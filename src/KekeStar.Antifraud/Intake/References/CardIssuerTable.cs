using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Country and issuer at the head of an ICCID (ITU-T E.118): 89, the country's calling code of E.164, the issuer's number.
/// </summary>
internal sealed class CardIssuerTable
{
    /// <summary>Longest prefix in the table, digits.</summary>
    internal const int MaxDigits = 8;

    /// <summary>Shortest prefix in the table, digits: 89 and a calling code of one digit.</summary>
    internal const int MinDigits = 3;

    /// <summary>Bytes of a prefix's value: country (2), operator (1).</summary>
    internal const int ValueSize = 3;

    private readonly NumberList _prefixes;

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal CardIssuerTable(TableFile file, string place)
    {
        Header = file.Header;
        _prefixes = new NumberList(file.Payload, ValueSize, place);
    }

    /// <summary>What the file says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>The number under which a prefix stands in the file: it tells 893 from 8930.</summary>
    /// <param name="prefix">The prefix as a number.</param>
    /// <param name="digits">Its digits.</param>
    internal static uint Key(uint prefix, int digits) => (prefix * (MaxDigits + 1)) + (uint)digits;

    /// <summary>Looks a card up by the longest prefix that is known.</summary>
    /// <param name="iccid">Normal form: 18 to 20 digits; after 8986 letters A to F may stand.</param>
    /// <param name="issuer">Who issued it.</param>
    /// <returns>False if no prefix is known.</returns>
    internal bool TryFind(ReadOnlySpan<byte> iccid, out CardIssuer issuer)
    {
        for (var digits = Math.Min(MaxDigits, iccid.Length); digits >= MinDigits; digits--)
        {
            if (!DecimalText.TryRead(iccid[..digits], out var prefix))
            {
                continue;
            }

            var index = _prefixes.Find(Key(prefix, digits));
            if (index >= 0)
            {
                var value = _prefixes.Value(index);
                issuer = new CardIssuer(new CountryCode(BinaryPrimitives.ReadUInt16LittleEndian(value)), value[sizeof(ushort)]);
                return true;
            }
        }

        issuer = default;
        return false;
    }
}
