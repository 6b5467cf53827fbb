using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>
/// The compact file of an address table: magic, SHA-256 of the rest, length (2 bytes, little-endian) and UTF-8 text of
/// the source, length and text of the licence, then, compressed with Brotli, the day, the distinct facts (most used
/// first), and for each family the distances between starts and the numbers of the facts. All numbers in there are
/// LEB128. Columns of one kind lie together, since that compresses best.
/// </summary>
internal static class AddressTableFile
{
    /// <summary>Most ranges of one family, and most distinct facts: ten times what the registers hold; a bound for a damaged file.</summary>
    private const int MaxEntries = 5_000_000;

    /// <summary>Largest decompressed size, bytes.</summary>
    private const int MaxLength = 128 << 20;

    private const int HashLength = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "KKADDR2\n"u8;

    /// <summary>Writes a table.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="table">The table.</param>
    internal static void Write(Stream destination, AddressTable table)
    {
        var map = table.Map;
        var facts = ByUse(map);
        var numbers = new Dictionary<AddressFacts, int>(facts.Length);
        for (var i = 0; i < facts.Length; i++)
        {
            numbers.Add(facts[i], i);
        }

        var body = new ArrayBufferWriter<byte>(1 << 20);
        Leb128.Write(body, (ulong)table.Built.DayNumber);
        Leb128.Write(body, (ulong)facts.Length);
        foreach (var fact in facts)
        {
            Leb128.Write(body, (ulong)((fact.Country.Value << 1) | (fact.IsHosting ? 1 : 0)));
        }

        foreach (var fact in facts)
        {
            Leb128.Write(body, fact.Asn);
        }

        WriteRanges(body, map.IPv4, numbers);
        WriteRanges(body, map.IPv6, numbers);
        var rest = new ArrayBufferWriter<byte>(1 << 20);
        WriteText(rest, table.Header.Source);
        WriteText(rest, table.Header.Licence);
        rest.Write(Compress(body.WrittenSpan));
        destination.Write(Magic);
        destination.Write(SHA256.HashData(rest.WrittenSpan));
        destination.Write(rest.WrittenSpan);
    }

    /// <summary>Reads a table.</summary>
    /// <param name="source">Where from; read to its end.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is not such a file, or damaged.</exception>
    internal static AddressTable Read(Stream source, string name)
    {
        using var copy = new MemoryStream();
        source.CopyTo(copy);
        ReadOnlySpan<byte> file = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        if (!file.StartsWith(Magic) || file.Length < Magic.Length + HashLength)
        {
            throw TableFault.At(name, "it is no address table of this version");
        }

        var rest = file[(Magic.Length + HashLength)..];
        if (!SHA256.HashData(rest).AsSpan().SequenceEqual(file.Slice(Magic.Length, HashLength)))
        {
            throw TableFault.At(name, "its bytes are not those that were built (the checksum differs)");
        }

        var origin = ReadText(ref rest, name);
        var licence = ReadText(ref rest, name);
        var reader = new Leb128(Decompress(rest, name), name);
        var built = reader.Read((ulong)DateOnly.MaxValue.DayNumber);
        var facts = ReadFacts(ref reader);
        var map = new AddressMap<AddressFacts>(ReadRanges<uint>(ref reader, facts), ReadRanges<ulong>(ref reader, facts));
        return new AddressTable(map, DateOnly.FromDayNumber((int)built), origin, licence);
    }

    private static void WriteText(ArrayBufferWriter<byte> destination, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteUInt16LittleEndian(destination.GetSpan(sizeof(ushort)), checked((ushort)bytes.Length));
        destination.Advance(sizeof(ushort));
        destination.Write(bytes);
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest, string name)
    {
        var length = rest.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (length > rest.Length - sizeof(ushort))
        {
            throw TableFault.At(name, "it ends within its head");
        }

        var text = Encoding.UTF8.GetString(rest.Slice(sizeof(ushort), length));
        rest = rest[(sizeof(ushort) + length)..];
        return text;
    }

    private static AddressFacts[] ByUse(AddressMap<AddressFacts> map)
    {
        var uses = new Dictionary<AddressFacts, int>();
        foreach (var values in new[] { map.IPv4.Values.ToArray(), map.IPv6.Values.ToArray() })
        {
            foreach (var value in values)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(uses, value, out _)++;
            }
        }

        // The order among equals is fixed, so that the same data gives the same file.
        return [.. uses.OrderByDescending(static use => use.Value).ThenBy(static use => use.Key.Asn)
            .ThenBy(static use => use.Key.Country.Value).ThenBy(static use => use.Key.IsHosting).Select(static use => use.Key)];
    }

    private static void WriteRanges<TKey>(ArrayBufferWriter<byte> body, RangeMap<TKey, AddressFacts> map, Dictionary<AddressFacts, int> numbers)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>, IMinMaxValue<TKey>
    {
        Leb128.Write(body, (ulong)map.Count);
        var before = TKey.Zero;
        foreach (var start in map.Starts)
        {
            Leb128.Write(body, ulong.CreateChecked(start - before));
            before = start;
        }

        foreach (var value in map.Values)
        {
            Leb128.Write(body, (ulong)numbers[value]);
        }
    }

    private static AddressFacts[] ReadFacts(ref Leb128 reader)
    {
        var facts = new AddressFacts[reader.ReadCount(MaxEntries)];
        foreach (ref var fact in facts.AsSpan())
        {
            var value = (uint)reader.Read(uint.MaxValue);
            fact = new AddressFacts(0, new CountryCode((ushort)(value >> 1)), (value & 1) != 0);
        }

        foreach (ref var fact in facts.AsSpan())
        {
            fact = fact with { Asn = (uint)reader.Read(uint.MaxValue) };
        }

        return facts;
    }

    private static RangeMap<TKey, AddressFacts> ReadRanges<TKey>(ref Leb128 reader, AddressFacts[] facts)
        where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>, IMinMaxValue<TKey>
    {
        var starts = new TKey[reader.ReadCount(MaxEntries)];
        var before = TKey.Zero;
        for (var i = 0; i < starts.Length; i++)
        {
            before = starts[i] = before + TKey.CreateChecked(reader.Read(ulong.CreateChecked(TKey.MaxValue - before)));
            if ((i == 0) != (before == TKey.Zero) || (i > 0 && before == starts[i - 1]))
            {
                throw reader.Damaged();
            }
        }

        var values = new AddressFacts[starts.Length];
        foreach (ref var value in values.AsSpan())
        {
            value = facts[(int)reader.Read((ulong)facts.Length - 1)];
        }

        return new(starts, values);
    }

    private static byte[] Compress(ReadOnlySpan<byte> body)
    {
        // Quality 11 and a window of 2^24 are Brotli's highest (RFC 7932); written once, read at every start.
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, compressed, out var length, quality: 11, window: 24)
            ? compressed[..length]
            : throw new InvalidOperationException("Brotli refused a buffer of the size that it asked for.");
    }

    private static byte[] Decompress(ReadOnlySpan<byte> compressed, string name)
    {
        using var source = new BrotliStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
        using var body = new MemoryStream();
        var chunk = new byte[1 << 16];
        try
        {
            for (int length; (length = source.Read(chunk)) > 0;)
            {
                if (body.Length + length > MaxLength)
                {
                    throw new InvalidDataException($"{name}: larger than {MaxLength} bytes when decompressed.");
                }

                body.Write(chunk, 0, length);
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"{name}: damaged, not Brotli.", exception);
        }

        return body.ToArray();
    }
}
