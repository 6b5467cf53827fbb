namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>Memory for many small blobs that live as long as one file is being filled.</summary>
internal sealed class BlobArena
{
    // Far longer than the longest blob.
    private const int ChunkBytes = 256 * 1_024;

    private readonly List<byte[]> _chunks = [];
    private int _chunk;
    private int _used;

    /// <summary>Copies a blob.</summary>
    /// <returns>The copy; good until <see cref="Clear"/>.</returns>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> blob)
    {
        var copy = Take(blob.Length);
        blob.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>Takes room for a blob.</summary>
    public Memory<byte> Take(int length)
    {
        if (_chunks.Count == 0 || ChunkBytes - _used < length)
        {
            _chunk = _chunks.Count == 0 ? 0 : _chunk + 1;
            _used = 0;
            if (_chunk == _chunks.Count)
            {
                _chunks.Add(new byte[ChunkBytes]);
            }
        }

        var room = _chunks[_chunk].AsMemory(_used, length);
        _used += length;
        return room;
    }

    /// <summary>Forgets all blobs; keeps the memory.</summary>
    public void Clear()
    {
        _chunk = 0;
        _used = 0;
    }
}
