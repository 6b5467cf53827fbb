namespace KekeStar.Antifraud.Features;

/// <summary>
/// The values of all features for one event, reused from event to event. A feature whose signal is absent, refused
/// or unreadable is unknown: <see cref="double.NaN"/>, with which every comparison is false.
/// </summary>
public sealed class FeatureVector
{
    private readonly double[] _values;
    private readonly bool[] _atLeast;

    /// <summary>Makes a vector of unknown values.</summary>
    public FeatureVector(int count)
    {
        _values = new double[count];
        _atLeast = new bool[count];
        Clear();
    }

    /// <summary>The values, in the order of the catalogue.</summary>
    public double[] Values => _values;

    /// <summary>For each value whether it is a lower bound.</summary>
    internal Span<bool> LowerBounds => _atLeast;

    /// <summary>Makes every value unknown and exact.</summary>
    public void Clear()
    {
        Array.Fill(_values, double.NaN);
        Array.Clear(_atLeast);
    }

    /// <summary>Sets a value.</summary>
    /// <param name="index">Index of the feature.</param>
    /// <param name="value">The value in the feature's unit.</param>
    /// <param name="atLeast">True if the true value may be higher.</param>
    public void Set(int index, double value, bool atLeast = false)
    {
        _values[index] = value;
        _atLeast[index] = atLeast;
    }

    /// <summary>True if the feature's value is a lower bound.</summary>
    public bool IsAtLeast(int index) => _atLeast[index];
}
