using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// A table's file. Numbers are little-endian: magic (8 bytes), format version (2), kind (2), date as yyyymmdd (4), entries
/// (4), length of the payload (4), SHA-256 of all other bytes (32), length (2) and UTF-8 text of the source, length (2) and
/// UTF-8 text of the licence, payload.
/// </summary>
/// <param name="Header">What the file says of itself.</param>
/// <param name="Payload">The entries; what they look like is the table's own business.</param>
internal sealed record TableFile(TableHeader Header, byte[] Payload)
{
    /// <summary>
    /// Most bytes of a file: 32 MiB. All tables of this folder together are under 1.5 MB; the rest is room for a bought list
    /// of type allocation codes (6 bytes each).
    /// </summary>
    internal const int MaxLength = 32 << 20;

    private const ushort FormatVersion = 1;
    private const int VersionAt = 8;
    private const int KindAt = 10;
    private const int DateAt = 12;
    private const int EntriesAt = 16;
    private const int PayloadLengthAt = 20;
    private const int HashAt = 24;
    private const int TextAt = HashAt + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "KKREFTAB"u8;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="expected">Which table it has to be.</param>
    /// <param name="place">What the file is called in a message.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; the message says what, where and what to do.</exception>
    internal static TableFile Parse(ReadOnlySpan<byte> bytes, TableKind expected, string place)
    {
        if (bytes.Length < TextAt || !bytes.StartsWith(Magic))
        {
            throw TableFault.At(place, "it does not begin as a reference table does");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[VersionAt..]);
        if (version != FormatVersion)
        {
            throw TableFault.At(place, $"its format is version {version}; this program reads version {FormatVersion}");
        }

        if (!bytes.Slice(HashAt, SHA256.HashSizeInBytes).SequenceEqual(Hash(bytes)))
        {
            throw TableFault.At(place, "its bytes are not those that were built (the checksum differs)");
        }

        var kind = (TableKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[KindAt..]);
        if (kind != expected)
        {
            throw TableFault.At(place, $"it holds the table of {kind}, where that of {expected} is expected");
        }

        var rest = bytes[TextAt..];
        var source = ReadText(ref rest, place);
        var licence = ReadText(ref rest, place);
        var entries = BinaryPrimitives.ReadInt32LittleEndian(bytes[EntriesAt..]);
        var date = BinaryPrimitives.ReadUInt32LittleEndian(bytes[DateAt..]).ToString("D8", CultureInfo.InvariantCulture);
        if (entries < 0
            || rest.Length != BinaryPrimitives.ReadUInt32LittleEndian(bytes[PayloadLengthAt..])
            || !DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw TableFault.At(place, "its head does not fit what follows");
        }

        return new TableFile(new TableHeader(kind, day, entries, source, licence), rest.ToArray());
    }

    /// <summary>Writes a file; the same header and payload always give the same bytes.</summary>
    internal static byte[] Format(TableHeader header, ReadOnlySpan<byte> payload)
    {
        var source = Encoding.UTF8.GetBytes(header.Source);
        var licence = Encoding.UTF8.GetBytes(header.Licence);
        var bytes = new byte[TextAt + sizeof(ushort) + source.Length + sizeof(ushort) + licence.Length + payload.Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(VersionAt), FormatVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(KindAt), (ushort)header.Kind);
        var date = uint.Parse(header.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(DateAt), date);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(EntriesAt), header.Entries);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PayloadLengthAt), (uint)payload.Length);
        payload.CopyTo(WriteText(WriteText(bytes.AsSpan(TextAt), source), licence));
        Hash(bytes).CopyTo(bytes, HashAt);
        return bytes;
    }

    private static byte[] Hash(ReadOnlySpan<byte> file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file[..HashAt]);
        hash.AppendData(file[TextAt..]);
        return hash.GetHashAndReset();
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest, string place)
    {
        var length = rest.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (length > rest.Length - sizeof(ushort))
        {
            throw TableFault.At(place, "it ends within its head");
        }

        var text = Encoding.UTF8.GetString(rest.Slice(sizeof(ushort), length));
        rest = rest[(sizeof(ushort) + length)..];
        return text;
    }

    private static Span<byte> WriteText(Span<byte> destination, byte[] text)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, checked((ushort)text.Length));
        text.CopyTo(destination[sizeof(ushort)..]);
        return destination[(sizeof(ushort) + text.Length)..];
    }
}
