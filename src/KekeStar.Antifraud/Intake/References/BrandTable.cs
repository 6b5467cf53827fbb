using System.Buffers.Binary;
using System.Text;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Which maker a brand belongs to. Makers are numbered 1 upwards; a number is never given to another maker. A maker stands
/// for all brands whose phones share plants, codes and prefixes: Redmi and POCO with Xiaomi, Honor with Huawei, OnePlus and
/// realme with OPPO, iQOO with vivo, Motorola with Lenovo.
/// </summary>
internal sealed class BrandTable
{
    private readonly NameList _names;

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    internal BrandTable(TableFile file, string place)
    {
        Header = file.Header;
        _names = NameList.Read(file.Payload, 0, sizeof(ushort), isSorted: true, place);
        var makers = NameList.Read(file.Payload, _names.End, sizeof(ushort), isSorted: false, place);
        var names = new Dictionary<ushort, string>();
        for (var index = 0; index < makers.Count; index++)
        {
            names[BinaryPrimitives.ReadUInt16LittleEndian(makers.Value(index))] = Encoding.UTF8.GetString(makers.Name(index));
        }

        Makers = names;
    }

    /// <summary>What the file says of itself.</summary>
    internal TableHeader Header { get; }

    /// <summary>The makers by number, each with the name that the sources of the tables use.</summary>
    internal IReadOnlyDictionary<ushort, string> Makers { get; }

    /// <summary>Looks a brand up.</summary>
    /// <param name="text">
    /// Brand or manufacturer as the system names it, UTF-8, either case, blanks at the ends ignored. If the whole is not known,
    /// its first word is tried ("HUAWEI Technologies").
    /// </param>
    /// <returns>The maker's number; 0: unknown.</returns>
    internal ushort Find(ReadOnlySpan<byte> text)
    {
        Span<byte> buffer = stackalloc byte[LowerCaseText.MaxLength];
        ReadOnlySpan<byte> name = buffer[..LowerCaseText.Write(text, buffer)];
        var index = _names.Find(name);
        if (index < 0)
        {
            var blank = name.IndexOf((byte)' ');
            index = blank < 0 ? blank : _names.Find(name[..blank]);
        }

        return index < 0 ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(_names.Value(index));
    }
}
