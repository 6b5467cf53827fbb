using KekeStar.Antifraud.Scoring.Model;
using Microsoft.ML.Trainers.FastTree;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>Trees of ML.NET's model as the hot path knows them.</summary>
internal static class TreeExport
{
    /// <summary>Takes trees over; a tree that says the same of every event comes out as a single leaf.</summary>
    /// <param name="trees">ML.NET's.</param>
    /// <param name="counts">Receives for each tree as many numbers as leaves, all 0: to be counted.</param>
    public static IReadOnlyList<ModelTree> Of(IReadOnlyList<RegressionTreeBase> trees, List<int[]> counts) =>
        [.. trees.Select(tree =>
        {
            // ML.NET makes two leaves of equal value of a tree without a decision.
            var values = tree.LeafValues.ToArray();
            var isConstant = tree.NumberOfNodes == 0 || (values is [var first, var second] && first.Equals(second));
            var taken = isConstant ? [values.FirstOrDefault()] : values;
            var own = new int[taken.Length];
            counts.Add(own);
            return new ModelTree
            {
                Inputs = isConstant ? [] : [.. tree.NumericalSplitFeatureIndexes],
                Thresholds = isConstant ? [] : [.. tree.NumericalSplitThresholds],
                Left = isConstant ? [] : [.. tree.LeftChild],
                Right = isConstant ? [] : [.. tree.RightChild],
                Values = taken,
                Counts = own,
            };
        })];
}
