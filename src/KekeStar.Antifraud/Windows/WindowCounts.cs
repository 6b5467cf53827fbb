namespace KekeStar.Antifraud.Windows;

/// <summary>What one entity's log says in each window, the event itself included. Reused from event to event.</summary>
internal sealed class WindowCounts
{
    private readonly int[] _counts = new int[WindowMetrics.Count * WindowLengths.Count];
    private readonly double[] _regularity = new double[WindowLengths.Count];
    private readonly bool[] _atLeast = new bool[WindowLengths.Count];

    /// <summary>True if the store answered for this entity.</summary>
    public bool IsKnown { get; set; }

    /// <summary>A count; not for <see cref="WindowMetric.Regularity"/>.</summary>
    public ref int this[WindowMetric metric, int window] => ref _counts[((int)metric * WindowLengths.Count) + window];

    /// <summary>A metric's counts of all windows.</summary>
    public Span<int> Row(WindowMetric metric) => _counts.AsSpan((int)metric * WindowLengths.Count, WindowLengths.Count);

    /// <summary>Evenness of the time between attempts, 0 … 1; NaN: too few attempts.</summary>
    public ref double Regularity(int window) => ref _regularity[window];

    /// <summary>True if the true counts of the window may be higher.</summary>
    public ref bool AtLeast(int window) => ref _atLeast[window];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        IsKnown = false;
        Array.Clear(_counts);
        Array.Fill(_regularity, double.NaN);
        Array.Clear(_atLeast);
    }
}
