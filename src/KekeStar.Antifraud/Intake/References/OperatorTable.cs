using System.Buffers.Binary;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>Mobile country codes (MCC) and network codes (MNC) of ITU-T E.212.</summary>
internal sealed class OperatorTable
{
    /// <summary>Country codes: 000 to 999.</summary>
    internal const int CountryCodes = 1000;

    // In the payload: country (2 bytes) and digits of a network code (1 byte) of each country code, then the networks.
    private const int DigitsAt = CountryCodes * sizeof(ushort);
    private const int NetworksAt = DigitsAt + CountryCodes;
    private const int CodeDigits = 3;
    private const int ShortDigits = 2;
    private const int TwoDigitCodes = 100;
    private const int NetworkBits = 12;

    private readonly byte[] _payload;
    private readonly NumberList _networks;

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal OperatorTable(TableFile file, string place)
    {
        Header = file.Header;
        _payload = file.Payload;
        if (_payload.Length < NetworksAt)
        {
            throw TableFault.At(place, "the country codes are cut short");
        }

        _networks = new NumberList(_payload[NetworksAt..], sizeof(byte), place);
    }

    /// <summary>What the file says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>The number under which a network stands in the file.</summary>
    /// <param name="mcc">0 to 999.</param>
    /// <param name="mnc">0 to 999.</param>
    /// <param name="digits">Digits of the network code: 2 or 3; 01 and 001 are two networks.</param>
    internal static uint Key(uint mcc, uint mnc, int digits) => (mcc << NetworkBits) | (digits == ShortDigits ? mnc : TwoDigitCodes + mnc);

    /// <summary>The country of a country code.</summary>
    /// <param name="mcc">3 decimal digits.</param>
    /// <returns>
    /// The country; unknown for a code that is not in the table, that is international (901), for tests (001, 999) or shared
    /// by countries of which none is by far the largest.
    /// </returns>
    internal CountryCode CountryOf(ReadOnlySpan<byte> mcc) =>
        TryReadCountry(mcc, out var number)
            ? new CountryCode(BinaryPrimitives.ReadUInt16LittleEndian(_payload.AsSpan((int)number * sizeof(ushort))))
            : CountryCode.Unknown;

    /// <summary>True if the table has any network of a country code; without one it says nothing about the code.</summary>
    /// <param name="mcc">3 decimal digits.</param>
    internal bool Covers(ReadOnlySpan<byte> mcc)
    {
        if (!TryReadCountry(mcc, out var number))
        {
            return false;
        }

        var first = _networks.FirstFrom(Key(number, 0, ShortDigits));
        return first < _networks.Count && _networks.Number(first) >> NetworkBits == number;
    }

    /// <summary>How many digits the network codes of a country code have: 2 or 3; 0: unknown, or both occur.</summary>
    /// <param name="mcc">3 decimal digits.</param>
    internal int NetworkDigitsOf(ReadOnlySpan<byte> mcc) => TryReadCountry(mcc, out var number) ? _payload[DigitsAt + (int)number] : 0;

    /// <summary>True if a network is or was assigned, whatever became of it: cards outlive networks.</summary>
    /// <param name="mcc">3 decimal digits.</param>
    /// <param name="mnc">2 or 3 decimal digits. 3 with a leading zero also stand for the last 2: some apps write all codes with 3.</param>
    internal bool IsAssigned(ReadOnlySpan<byte> mcc, ReadOnlySpan<byte> mnc) => Find(mcc, mnc) >= 0;

    /// <summary>Whose network it is.</summary>
    /// <param name="mcc">3 decimal digits.</param>
    /// <param name="mnc">2 or 3 decimal digits, as for <see cref="IsAssigned"/>.</param>
    /// <returns>A number of <see cref="OperatorFamily"/>; 0: unknown.</returns>
    internal byte OperatorOf(ReadOnlySpan<byte> mcc, ReadOnlySpan<byte> mnc)
    {
        var index = Find(mcc, mnc);
        return index < 0 ? OperatorFamily.Unknown : _networks.Value(index)[0];
    }

    private static bool TryReadCountry(ReadOnlySpan<byte> mcc, out uint number)
    {
        number = 0;
        return mcc.Length == CodeDigits && DecimalText.TryRead(mcc, out number);
    }

    private int Find(ReadOnlySpan<byte> mcc, ReadOnlySpan<byte> mnc)
    {
        if (!TryReadCountry(mcc, out var country) || mnc.Length is not (ShortDigits or CodeDigits) || !DecimalText.TryRead(mnc, out var network))
        {
            return -1;
        }

        var index = _networks.Find(Key(country, network, mnc.Length));
        return index < 0 && mnc.Length == CodeDigits && network < TwoDigitCodes
            ? _networks.Find(Key(country, network, ShortDigits))
            : index;
    }
}
