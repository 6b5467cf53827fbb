namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>A column of values some of which are absent, in Parquet's form: the values that are there, and a level for each row.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
internal sealed class NullableColumn<T>
{
    private readonly ColumnBuffer<T> _values = new();
    private readonly ColumnBuffer<int> _definitions = new();

    /// <summary>The values that are there.</summary>
    public ReadOnlyMemory<T> Values => _values.Values;

    /// <summary>For each row 1, or 0 where the value is absent.</summary>
    public ReadOnlyMemory<int> Definitions => _definitions.Values;

    /// <summary>Adds a row with a value.</summary>
    public void Add(T value)
    {
        _values.Add(value);
        _definitions.Add(1);
    }

    /// <summary>Adds a row without one.</summary>
    public void AddNull() => _definitions.Add(0);

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        _values.Clear();
        _definitions.Clear();
    }
}
