namespace KekeStar.Antifraud.Simulation.People;

/// <summary>Running sums.</summary>
internal static class Scanning
{
    /// <summary>The sum of the values up to each item.</summary>
    internal static IEnumerable<double> Scan(this IEnumerable<int> items, Func<int, double> value)
    {
        var sum = 0.0;
        foreach (var item in items)
        {
            sum += value(item);
            yield return sum;
        }
    }
}
