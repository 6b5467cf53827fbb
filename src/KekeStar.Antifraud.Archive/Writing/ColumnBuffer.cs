namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>Values of one column that wait to be written; keeps its memory from file to file.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
internal sealed class ColumnBuffer<T>
{
    private T[] _values = new T[1_024];

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The values.</summary>
    public ReadOnlyMemory<T> Values => _values.AsMemory(0, Count);

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, 2 * Count);
        }

        _values[Count++] = value;
    }

    /// <summary>Forgets all values.</summary>
    public void Clear() => Count = 0;
}
