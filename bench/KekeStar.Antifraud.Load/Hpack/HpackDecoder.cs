namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>Decodes the header blocks of one connection, in their order: RFC 7541.</summary>
/// <param name="tableLimit">SETTINGS_HEADER_TABLE_SIZE of this side, in bytes.</param>
internal sealed class HpackDecoder(int tableLimit)
{
    private readonly HpackDynamicTable _table = new(tableLimit);

    /// <summary>Gets a number that differs after each change of the dynamic table.</summary>
    public int TableVersion => _table.Version;

    /// <summary>Decodes one whole block.</summary>
    /// <exception cref="Http2.Http2Exception">The block is malformed.</exception>
    public void Decode(ReadOnlySpan<byte> block, HeaderFieldSink sink)
    {
        while (!block.IsEmpty)
        {
            byte first = block[0];
            if (first >= 0x80)
            {
                HeaderField field = At(HpackInteger.Read(ref block, 7));
                sink(field.Name, field.Value);
            }
            else if (first is >= 0x20 and < 0x40)
            {
                _table.Resize(HpackInteger.Read(ref block, 5));
            }
            else
            {
                bool indexed = first >= 0x40;
                int nameIndex = HpackInteger.Read(ref block, indexed ? 6 : 4);
                byte[] name = nameIndex == 0 ? ReadString(ref block) : At(nameIndex).Name;
                byte[] value = ReadString(ref block);
                if (indexed)
                {
                    _table.Add(new HeaderField(name, value));
                }

                sink(name, value);
            }
        }
    }

    private static byte[] ReadString(ref ReadOnlySpan<byte> block)
    {
        bool huffman = !block.IsEmpty && block[0] >= 0x80;
        int length = HpackInteger.Read(ref block, 7);
        if (length > block.Length)
        {
            throw new Http2.Http2Exception("HPACK: string runs past the block");
        }

        ReadOnlySpan<byte> text = block[..length];
        block = block[length..];
        return huffman ? HpackHuffman.Decode(text) : text.ToArray();
    }

    private HeaderField At(int index)
    {
        int age = index - HpackStaticTable.Count - 1;
        if (index == 0 || age >= _table.Count)
        {
            throw new Http2.Http2Exception("HPACK: no such table index");
        }

        return age < 0 ? HpackStaticTable.At(index) : _table.At(age);
    }
}
