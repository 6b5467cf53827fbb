using System.Globalization;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>Reads one tree of a model file.</summary>
internal static class TreeReader
{
    /// <summary>Reads a tree.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="directions">Which way each input may speak.</param>
    /// <param name="inputs">The inputs, which the errors name.</param>
    /// <returns>The tree; null, reported, if something is wrong with it.</returns>
    public static ModelTree? Read(PolicyNode node, InputDirection[] directions, IReadOnlyList<ModelInput> inputs)
    {
        node.AllowOnly("input", "threshold", "left", "right", "value", "count");
        var values = node.Numbers("value", 1, ModelLimits.MaxLeaves, double.MinValue, double.MaxValue);
        if (values is null)
        {
            return null;
        }

        var nodes = values.Length - 1;
        var counts = node.Integers("count", values.Length, values.Length, 1, int.MaxValue);
        var asked = node.Integers("input", nodes, nodes, 0, Math.Max(0, directions.Length - 1));

        // Unknown is read as 0 where more is worse: below 0 a threshold would tell it from the least value.
        var thresholds = node.Numbers("threshold", nodes, nodes, 0, float.MaxValue);
        var left = node.Integers("left", nodes, nodes, -values.Length, nodes);
        var right = node.Integers("right", nodes, nodes, -values.Length, nodes);
        if (counts is null || asked is null || thresholds is null || left is null || right is null || directions.Length == 0)
        {
            return null;
        }

        var tree = new ModelTree
        {
            Inputs = asked,
            Thresholds = Array.ConvertAll(thresholds, static threshold => (float)threshold),
            Left = left,
            Right = right,
            Values = values,
            Counts = counts,
        };
        if (!IsTree(tree))
        {
            node.Report("left", "children that make no tree", string.Create(
                CultureInfo.InvariantCulture,
                $"each node but the first the child of one before it, each leaf of one node, at most {ModelLimits.MaxDepth} deep"));
            return null;
        }

        if (MonotoneCheck.FindWrong(tree, directions) is >= 0 and var wrong)
        {
            var raises = directions[wrong] == InputDirection.Raises;
            node.Report(
                "value",
                $"a tree in which more {ModelInputs.NameOf(inputs[wrong].Number)} {(raises ? "lowers" : "raises")} the score",
                $"a tree in which more of it never {(raises ? "lowers" : "raises")} the score");
            return null;
        }

        return tree;
    }

    private static bool IsTree(ModelTree tree)
    {
        var nodes = tree.Inputs.Length;
        var depths = new int[nodes];
        var seen = new HashSet<int>();
        for (var i = 0; i < nodes; i++)
        {
            foreach (var child in (ReadOnlySpan<int>)[tree.Left[i], tree.Right[i]])
            {
                if (child >= nodes || (child >= 0 && child <= i) || !seen.Add(child) || depths[i] == ModelLimits.MaxDepth)
                {
                    return false;
                }

                if (child >= 0)
                {
                    depths[child] = depths[i] + 1;
                }
            }
        }

        return true;
    }
}
