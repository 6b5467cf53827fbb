namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>A header field as it stands in a table.</summary>
/// <param name="Name">The name, lower case.</param>
/// <param name="Value">The value.</param>
internal readonly record struct HeaderField(byte[] Name, byte[] Value)
{
    /// <summary>Gets the size that counts against a dynamic table: RFC 7541 clause 4.1.</summary>
    public int TableSize => Name.Length + Value.Length + 32;
}

/// <summary>Takes the header fields of a block, in their order.</summary>
internal delegate void HeaderFieldSink(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);
