using CsCheck;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

public sealed class MonotoneCheckTests
{
    private const int Inputs = 3;
    private const int Values = 6;

    private static readonly InputDirection[] Directions = [InputDirection.Raises, InputDirection.Lowers, InputDirection.Free];

    [Fact]
    public void It_finds_a_wrong_way_exactly_if_trying_all_values_does()
    {
        var wrong = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var tree = Tree(new Random(seed));
                var found = MonotoneCheck.FindWrong(tree, Directions) >= 0;
                wrong += found ? 1 : 0;
                Assert.Equal(HasWrongWay(tree), found);
            },
            iter: 3_000,
            threads: 1);
        Assert.InRange(wrong, 300, 2_900);
    }

    private static ModelTree Tree(Random random)
    {
        var tree = TestModels.Tree(
            random,
            [.. Enumerable.Range(0, Inputs).Select(static _ => new ModelInput(ModelInputs.Find("device.accounts_1h")!.Value, [], []))],
            leaves: 6,
            0,
            1,
            static _ => InputDirection.Free);
        return new ModelTree
        {
            Inputs = tree.Inputs,
            Thresholds = Array.ConvertAll(tree.Thresholds, threshold => (int)(threshold % (Values - 1)) + 0.5f),
            Left = tree.Left,
            Right = tree.Right,
            Values = Array.ConvertAll(tree.Values, static value => Math.Round(value * 4)),
            Counts = tree.Counts,
        };
    }

    private static bool HasWrongWay(ModelTree tree)
    {
        var inputs = new float[Inputs];
        for (var at = 0; at < Values * Values * Values; at++)
        {
            (inputs[0], inputs[1], inputs[2]) = (at % Values, at / Values % Values, at / Values / Values);
            var value = tree.Values[tree.LeafOf(inputs)];
            for (var input = 0; input < Inputs; input++)
            {
                var own = inputs[input];
                for (inputs[input]++; inputs[input] < Values; inputs[input]++)
                {
                    var moved = tree.Values[tree.LeafOf(inputs)];
                    if (Directions[input] == InputDirection.Raises ? moved < value : Directions[input] == InputDirection.Lowers && moved > value)
                    {
                        return true;
                    }
                }

                inputs[input] = own;
            }
        }

        return false;
    }
}
