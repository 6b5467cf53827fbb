using System.Runtime.InteropServices;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>
/// The other flat form of trees: nodes of 8 bytes, the left child behind its parent, so that one step is a comparison and an addition. Holds
/// leaves as floats.
/// </summary>
internal sealed class EightByteTrees
{
    private readonly Node[] _nodes;
    private readonly int[] _roots;

    /// <summary>Flattens trees.</summary>
    public EightByteTrees(IEnumerable<ModelTree> trees)
    {
        var nodes = new List<Node>();
        var roots = new List<int>();
        foreach (var tree in trees)
        {
            roots.Add(nodes.Count);
            Flatten(tree, tree.Inputs.Length == 0 ? -1 : 0, nodes);
        }

        _nodes = [.. nodes];
        _roots = [.. roots];
    }

    /// <summary>Adds up all trees.</summary>
    public double Sum(ReadOnlySpan<float> inputs)
    {
        var sum = 0.0;
        var nodes = _nodes;
        foreach (var root in _roots)
        {
            var at = root;
            while (nodes[at].Right != 0)
            {
                ref readonly var node = ref nodes[at];
                at += inputs[node.Input] <= node.Number ? 1 : node.Right;
            }

            sum += nodes[at].Number;
        }

        return sum;
    }

    private static void Flatten(ModelTree tree, int child, List<Node> nodes)
    {
        if (child < 0)
        {
            nodes.Add(new Node((float)tree.Values[-1 - child], 0, 0));
            return;
        }

        var at = nodes.Count;
        nodes.Add(default);
        Flatten(tree, tree.Left[child], nodes);
        nodes[at] = new Node(tree.Thresholds[child], (ushort)tree.Inputs[child], (ushort)(nodes.Count - at));
        Flatten(tree, tree.Right[child], nodes);
    }

    /// <summary>A decision, or a leaf: then <paramref name="Right"/> is 0.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private readonly record struct Node(float Number, ushort Input, ushort Right);
}
