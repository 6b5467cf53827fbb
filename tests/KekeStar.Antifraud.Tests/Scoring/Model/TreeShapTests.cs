using System.Numerics;
using CsCheck;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

[Collection(nameof(AllocationCollection))]
public sealed class TreeShapTests
{
    private const int Inputs = 5;

    [Fact]
    public void The_shares_are_the_shapley_values_of_all_subsets() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var tree = Tree(random);
            float[] inputs = [.. Enumerable.Range(0, Inputs).Select(_ => (float)random.Next(0, 30))];
            var shares = new double[Inputs];

            TreeShap.Add(tree, inputs, shares);

            for (var input = 0; input < Inputs; input++)
            {
                Assert.Equal(Shapley(tree, inputs, input), shares[input], 1e-9);
            }

            Assert.Equal(tree.Values[tree.LeafOf(inputs)] - TreeShap.Mean(tree), shares.Sum(), 1e-9);
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void The_deepest_tree_is_explained_without_allocating()
    {
        // Each decision asks the next input, and the left child is a leaf.
        var nodes = ModelLimits.MaxDepth;
        var tree = new ModelTree
        {
            Inputs = [.. Enumerable.Range(0, nodes)],
            Thresholds = [.. Enumerable.Repeat(0.5f, nodes)],
            Left = [.. Enumerable.Range(0, nodes).Select(static node => -1 - node)],
            Right = [.. Enumerable.Range(1, nodes - 1), -1 - nodes],
            Values = [.. Enumerable.Range(0, nodes + 1).Select(static leaf => (double)leaf)],
            Counts = [.. Enumerable.Repeat(10, nodes + 1)],
        };
        float[] inputs = [.. Enumerable.Repeat(1f, nodes)];
        var shares = new double[nodes];
        TreeShap.Add(tree, inputs, shares);
        Assert.Equal(nodes - TreeShap.Mean(tree), shares.Sum(), 1e-6);

        var before = GC.GetAllocatedBytesForCurrentThread();
        TreeShap.Add(tree, inputs, shares);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ModelTree Tree(Random random) => TestModels.Tree(
        random,
        [.. Enumerable.Range(0, Inputs).Select(static _ => new ModelInput(ModelInputs.Find("device.accounts_1h")!.Value, [], []))],
        leaves: 12,
        -1,
        1,
        static _ => InputDirection.Free);

    private static double Shapley(ModelTree tree, float[] inputs, int input)
    {
        var sum = 0.0;
        for (var subset = 0u; subset < 1u << Inputs; subset++)
        {
            if ((subset & (1u << input)) == 0)
            {
                var size = BitOperations.PopCount(subset);
                var weight = Factorial(size) * Factorial(Inputs - size - 1) / Factorial(Inputs);
                sum += weight * (Expect(tree, inputs, subset | (1u << input), 0) - Expect(tree, inputs, subset, 0));
            }
        }

        return sum;
    }

    // Known inputs decide; at the others both ways are taken, in proportion to the training.
    private static double Expect(ModelTree tree, float[] inputs, uint known, int child)
    {
        if (tree.Inputs.Length == 0)
        {
            return tree.Values[0];
        }

        if (child < 0)
        {
            return tree.Values[-1 - child];
        }

        if ((known & (1u << tree.Inputs[child])) != 0)
        {
            return Expect(tree, inputs, known, inputs[tree.Inputs[child]] <= tree.Thresholds[child] ? tree.Left[child] : tree.Right[child]);
        }

        double left = tree.CountOf(tree.Left[child]);
        double right = tree.CountOf(tree.Right[child]);
        return ((left * Expect(tree, inputs, known, tree.Left[child])) + (right * Expect(tree, inputs, known, tree.Right[child]))) / (left + right);
    }

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
