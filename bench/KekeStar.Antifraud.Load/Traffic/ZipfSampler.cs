namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>
/// Draws ranks 0 … n-1 with probability proportional to 1/(rank+1)^exponent, in constant time: Walker's alias
/// method with Vose's construction (IEEE Transactions on Software Engineering 17(9), 1991).
/// </summary>
internal sealed class ZipfSampler
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    /// <summary>Builds the table.</summary>
    /// <param name="count">How many ranks, at least 1.</param>
    /// <param name="exponent">0: all alike; about 0.9: the traffic of a large public service.</param>
    public ZipfSampler(int count, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        _keep = new double[count];
        _alias = new int[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            _keep[i] = Math.Pow(i + 1, -exponent);
            sum += _keep[i];
        }

        var small = new Stack<int>();
        var large = new Stack<int>();
        for (int i = 0; i < count; i++)
        {
            _keep[i] *= count / sum;
            _alias[i] = i;
            (_keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            int less = small.Pop();
            int more = large.Pop();
            _alias[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        // What is left differs from 1 by rounding only.
        foreach (int rest in small.Concat(large))
        {
            _keep[rest] = 1;
        }
    }

    /// <summary>Draws a rank from 64 random bits: the upper ones choose the column, what remains of them the half.</summary>
    public int Draw(ulong random)
    {
        int column = (int)Math.BigMul(random, (ulong)_keep.Length, out ulong rest);
        return rest * (1.0 / ulong.MaxValue) < _keep[column] ? column : _alias[column];
    }

    /// <summary>Gives each rank's probability, computed back from the table.</summary>
    public double[] Probabilities()
    {
        var probabilities = new double[_keep.Length];
        for (int i = 0; i < _keep.Length; i++)
        {
            probabilities[i] += _keep[i] / _keep.Length;
            probabilities[_alias[i]] += (1 - _keep[i]) / _keep.Length;
        }

        return probabilities;
    }
}
