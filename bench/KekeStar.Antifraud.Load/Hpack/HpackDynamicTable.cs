namespace KekeStar.Antifraud.Load.Hpack;

/// <summary>The dynamic table of one direction of a connection: RFC 7541 clause 2.3.2.</summary>
internal sealed class HpackDynamicTable
{
    // Newest last: the table holds few entries and changes about once a second (the "date" field).
    private readonly List<HeaderField> _fields = [];
    private readonly int _limit;
    private int _maximum;
    private int _size;

    /// <summary>Makes an empty table.</summary>
    /// <param name="limit">Largest size that an update may set, in bytes; the size at first.</param>
    public HpackDynamicTable(int limit)
    {
        _limit = limit;
        _maximum = limit;
    }

    /// <summary>Gets the number of entries.</summary>
    public int Count => _fields.Count;

    /// <summary>Gets a number that differs after each change of the table.</summary>
    public int Version { get; private set; }

    /// <summary>Gets an entry.</summary>
    /// <param name="age">0 for the newest.</param>
    public HeaderField At(int age) => _fields[^(age + 1)];

    /// <summary>Adds an entry, evicting old ones; one larger than the table empties it.</summary>
    public void Add(HeaderField field)
    {
        Version++;
        Evict(field.TableSize);
        if (field.TableSize <= _maximum)
        {
            _fields.Add(field);
            _size += field.TableSize;
        }
    }

    /// <summary>Applies a dynamic table size update.</summary>
    /// <exception cref="Http2.Http2Exception">The size is above the limit that this side declared.</exception>
    public void Resize(int maximum)
    {
        if (maximum > _limit)
        {
            throw new Http2.Http2Exception("HPACK: table size above the declared limit");
        }

        Version++;
        _maximum = maximum;
        Evict(0);
    }

    private void Evict(int wanted)
    {
        while (_fields.Count > 0 && _size + wanted > _maximum)
        {
            _size -= _fields[0].TableSize;
            _fields.RemoveAt(0);
        }
    }
}
