using System.Numerics;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// All trees of all risks, input by input instead of node by node: for each input the thresholds in ascending order, each with the leaves
/// that a larger value rules out in its tree. Allocates nothing.
/// </summary>
/// <remarks>
/// After Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees", SIGIR 2015. Most
/// inputs of most events are 0 or unknown, and each of those costs one comparison, whatever it is asked in how many trees. Measured
/// against walking the trees, in ModelBenchmarks (docs/decisions/0033).
/// </remarks>
internal sealed class TreeForest
{
    private readonly Entry[] _entries;
    private readonly Input[] _inputs;
    private readonly double[] _leaves;
    private readonly int[] _firstLeaf;
    private readonly int[] _firstTree = new int[Risks.Count + 1];

    /// <summary>Flattens trees.</summary>
    /// <param name="numbers">By input: its feature or scene.</param>
    /// <param name="treesByRisk">The trees, by <see cref="Risk"/>.</param>
    public TreeForest(IReadOnlyList<int> numbers, IReadOnlyList<IReadOnlyList<ModelTree>> treesByRisk)
    {
        var byInput = new List<Entry>[numbers.Count];
        for (var i = 0; i < byInput.Length; i++)
        {
            byInput[i] = [];
        }

        var leaves = new List<double>();
        var firstLeaf = new List<int>();
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            _firstTree[risk] = firstLeaf.Count;
            foreach (var tree in treesByRisk[risk])
            {
                var place = 0;
                var first = leaves.Count;
                Flatten(tree, tree.Inputs.Length == 0 ? -1 : 0, firstLeaf.Count, byInput, leaves, ref place);
                firstLeaf.Add(first);
            }
        }

        _firstTree[Risks.Count] = firstLeaf.Count;
        _firstLeaf = [.. firstLeaf];
        _leaves = [.. leaves];
        var entries = new List<Entry>();
        var inputs = new List<Input>();
        for (var i = 0; i < byInput.Length; i++)
        {
            if (byInput[i].Count > 0)
            {
                inputs.Add(new Input(numbers[i], entries.Count, (float)ModelInputs.Harmless(numbers[i])));
                entries.AddRange(byInput[i].OrderBy(static entry => entry.Threshold).ThenBy(static entry => entry.Tree));

                // No value is above it, so the loop needs no other end.
                entries.Add(new Entry(float.PositiveInfinity, 0, ulong.MaxValue));
            }
        }

        _entries = [.. entries];
        _inputs = [.. inputs];
    }

    /// <summary>Number of trees.</summary>
    public int Trees => _firstLeaf.Length;

    /// <summary>Adds up the trees of each risk.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features, in the order of the catalogue.</param>
    /// <param name="sums">Receives the log-odds by <see cref="Risk"/>.</param>
    public void Sum(Scene scene, ReadOnlySpan<double> features, Span<double> sums)
    {
        Span<ulong> left = stackalloc ulong[Risks.Count * ModelLimits.MaxTrees];
        left = left[.._firstLeaf.Length];
        left.Fill(ulong.MaxValue);
        var entries = _entries;
        foreach (ref readonly var input in _inputs.AsSpan())
        {
            float value;
            if (input.Number < FeatureCatalogue.Count)
            {
                value = (float)features[input.Number];
                if (float.IsNaN(value))
                {
                    value = input.Harmless;
                }
            }
            else
            {
                value = input.Number - FeatureCatalogue.Count == (int)scene ? 1 : 0;
            }

            for (var i = input.First; value > entries[i].Threshold; i++)
            {
                ref readonly var entry = ref entries[i];
                left[entry.Tree] &= entry.Remaining;
            }
        }

        for (var risk = 0; risk < Risks.Count; risk++)
        {
            var sum = 0.0;
            for (var tree = _firstTree[risk]; tree < _firstTree[risk + 1]; tree++)
            {
                sum += _leaves[_firstLeaf[tree] + BitOperations.TrailingZeroCount(left[tree])];
            }

            sums[risk] = sum;
        }
    }

    // Leaves are numbered from left to right. A value above a threshold rules out all leaves below its left child; the first that is
    // left is the exit.
    private static void Flatten(ModelTree tree, int child, int number, List<Entry>[] byInput, List<double> leaves, ref int place)
    {
        if (child < 0)
        {
            leaves.Add(tree.Values[-1 - child]);
            place++;
            return;
        }

        var from = place;
        Flatten(tree, tree.Left[child], number, byInput, leaves, ref place);
        var ruledOut = ((1UL << (place - from)) - 1) << from;
        byInput[tree.Inputs[child]].Add(new Entry(tree.Thresholds[child], number, ~ruledOut));
        Flatten(tree, tree.Right[child], number, byInput, leaves, ref place);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(float Threshold, int Tree, ulong Remaining);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Input(int Number, int First, float Harmless);
}
