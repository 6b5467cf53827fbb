using System.Numerics;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>Builds a <see cref="RangeMap{TKey,TValue}"/> from ranges in ascending order.</summary>
/// <typeparam name="TKey">The numbers.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
internal sealed class RangeMapBuilder<TKey, TValue>
    where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>, IMinMaxValue<TKey>
    where TValue : struct, IEquatable<TValue>
{
    private readonly List<TKey> _starts = [TKey.Zero];
    private readonly List<TValue> _values = [default];
    private TKey _first;
    private TKey _next;
    private bool _full;

    /// <summary>Adds a range. What it shares with a range before keeps the value of the one before.</summary>
    /// <param name="first">Its first number, not below that of the range before.</param>
    /// <param name="last">Its last number.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if it ends before it begins, or begins below the range before; then nothing is added.</returns>
    internal bool TryAdd(TKey first, TKey last, TValue value)
    {
        if (first < _first || last < first)
        {
            return false;
        }

        _first = first;
        if (_full || last < _next)
        {
            return true;
        }

        if (first > _next)
        {
            Change(_next, default);
        }

        Change(TKey.Max(first, _next), value);
        _full = last == TKey.MaxValue;
        _next = _full ? last : last + TKey.One;
        return true;
    }

    /// <summary>Sets the value from a number on; the number is above the one before, or 0.</summary>
    internal void Change(TKey start, TValue value)
    {
        if (start == TKey.Zero)
        {
            _values[0] = value;
        }
        else if (!_values[^1].Equals(value))
        {
            _starts.Add(start);
            _values.Add(value);
        }
    }

    /// <summary>The map; above the last range the value is the default one.</summary>
    internal RangeMap<TKey, TValue> Build()
    {
        if (!_full && _next > TKey.Zero)
        {
            Change(_next, default);
        }

        return new([.. _starts], [.. _values]);
    }
}
