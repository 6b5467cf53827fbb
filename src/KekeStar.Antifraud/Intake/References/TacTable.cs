using System.Buffers.Binary;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>Which maker a type allocation code (the first 8 digits of an IMEI, 3GPP TS 23.003 clause 6.2) is allocated to.</summary>
internal sealed class TacTable
{
    private const int TacDigits = 8;

    private readonly NumberList _codes;

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal TacTable(TableFile file, string place)
    {
        Header = file.Header;
        _codes = new NumberList(file.Payload, sizeof(ushort), place);
    }

    /// <summary>What the file says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>Looks an IMEI up.</summary>
    /// <param name="imei">Normal form: 14 decimal digits.</param>
    /// <returns>The maker's number in <see cref="BrandTable"/>; 0: unknown.</returns>
    internal ushort FindBrand(ReadOnlySpan<byte> imei)
    {
        if (imei.Length != Imei.Length || !DecimalText.TryRead(imei[..TacDigits], out var code))
        {
            return 0;
        }

        var index = _codes.Find(code);
        return index < 0 ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(_codes.Value(index));
    }
}
