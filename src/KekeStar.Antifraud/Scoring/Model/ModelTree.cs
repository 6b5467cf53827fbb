namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// One regression tree. Node 0 is the root; a child of 0 or more is a node, one below 0 the leaf −1 − child. A value of at most the
/// threshold goes left.
/// </summary>
internal sealed class ModelTree
{
    private long[]? _countsOfNodes;

    /// <summary>By node: the input that is looked at, by its place in the model.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>By node: the threshold.</summary>
    public required float[] Thresholds { get; init; }

    /// <summary>By node: the child of values up to the threshold.</summary>
    public required int[] Left { get; init; }

    /// <summary>By node: the child of values above it.</summary>
    public required int[] Right { get; init; }

    /// <summary>By leaf: what the tree adds, log-odds.</summary>
    public required double[] Values { get; init; }

    /// <summary>By leaf: events of the training that ended there, 1 at least.</summary>
    public required int[] Counts { get; init; }

    /// <summary>The leaf in which an event ends.</summary>
    /// <param name="inputs">The model's inputs.</param>
    public int LeafOf(ReadOnlySpan<float> inputs)
    {
        var at = Inputs.Length == 0 ? -1 : 0;
        while (at >= 0)
        {
            at = inputs[Inputs[at]] <= Thresholds[at] ? Left[at] : Right[at];
        }

        return -1 - at;
    }

    /// <summary>Events of the training below a child. The first call counts for all; <see cref="Counts"/> must not change behind it.</summary>
    public long CountOf(int child) => child < 0 ? Counts[-1 - child] : (_countsOfNodes ??= CountNodes())[child];

    // A child's number is above its parent's.
    private long[] CountNodes()
    {
        var counts = new long[Inputs.Length];
        for (var node = counts.Length - 1; node >= 0; node--)
        {
            counts[node] = Below(Left[node]) + Below(Right[node]);
        }

        return counts;

        long Below(int child) => child < 0 ? Counts[-1 - child] : counts[child];
    }
}
