namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>A column of lists, never absent, in Parquet's form: the items of all lists, and two levels for each item.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
internal sealed class ListColumn<T>
{
    // An optional list of required items: 1 says that the list is there and empty, 2 that an item is.
    private const int EmptyList = 1;
    private const int Item = 2;
    private const int NextList = 0;
    private const int SameList = 1;

    private readonly ColumnBuffer<T> _items = new();
    private readonly ColumnBuffer<int> _definitions = new();
    private readonly ColumnBuffer<int> _repetitions = new();
    private bool _isFirst;

    /// <summary>The items.</summary>
    public ReadOnlyMemory<T> Items => _items.Values;

    /// <summary>What is there.</summary>
    public ReadOnlyMemory<int> Definitions => _definitions.Values;

    /// <summary>Where lists begin.</summary>
    public ReadOnlyMemory<int> Repetitions => _repetitions.Values;

    /// <summary>Begins the next row's list.</summary>
    public void Begin() => _isFirst = true;

    /// <summary>Adds an item to it.</summary>
    public void Add(T item)
    {
        _items.Add(item);
        _definitions.Add(Item);
        _repetitions.Add(_isFirst ? NextList : SameList);
        _isFirst = false;
    }

    /// <summary>Ends it.</summary>
    public void End()
    {
        if (_isFirst)
        {
            _definitions.Add(EmptyList);
            _repetitions.Add(NextList);
        }
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        _items.Clear();
        _definitions.Clear();
        _repetitions.Clear();
    }
}
