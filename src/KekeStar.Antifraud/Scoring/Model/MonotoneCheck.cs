namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// Whether a tree speaks only the way that each input may speak. Exact: it looks at every pair of leaves between which one input alone
/// can move an event.
/// </summary>
internal static class MonotoneCheck
{
    /// <summary>Looks for an input that speaks the wrong way.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="directions">By input.</param>
    /// <returns>The input; −1: none does.</returns>
    public static int FindWrong(ModelTree tree, ReadOnlySpan<InputDirection> directions)
    {
        if (tree.Inputs.Length == 0)
        {
            return -1;
        }

        int[] used = [.. tree.Inputs.Distinct()];
        var leaves = new List<Leaf>();
        Collect(tree, 0, used, Whole(used.Length), leaves);
        foreach (var low in leaves)
        {
            foreach (var high in leaves)
            {
                var moved = Between(low, high);
                if (moved < 0)
                {
                    continue;
                }

                var wrong = directions[used[moved]] switch
                {
                    InputDirection.Raises => low.Value > high.Value,
                    InputDirection.Lowers => low.Value < high.Value,
                    _ => false,
                };
                if (wrong)
                {
                    return used[moved];
                }
            }
        }

        return -1;
    }

    private static (float From, float To)[] Whole(int inputs)
    {
        var box = new (float From, float To)[inputs];
        Array.Fill(box, (float.NegativeInfinity, float.PositiveInfinity));
        return box;
    }

    private static void Collect(ModelTree tree, int child, int[] used, (float From, float To)[] box, List<Leaf> leaves)
    {
        if (child < 0)
        {
            // A leaf that no event reaches says nothing.
            if (Array.TrueForAll(box, static side => side.From < side.To))
            {
                leaves.Add(new Leaf(box, tree.Values[-1 - child]));
            }

            return;
        }

        var input = Array.IndexOf(used, tree.Inputs[child]);
        var threshold = tree.Thresholds[child];
        var (left, right) = (box.AsSpan().ToArray(), box.AsSpan().ToArray());
        left[input].To = Math.Min(left[input].To, threshold);
        right[input].From = Math.Max(right[input].From, threshold);
        Collect(tree, tree.Left[child], used, left, leaves);
        Collect(tree, tree.Right[child], used, right, leaves);
    }

    // The input by which alone an event moves up from one leaf to the other; −1: there is none. An interval is (From, To].
    private static int Between(Leaf low, Leaf high)
    {
        var moved = -1;
        for (var i = 0; i < low.Box.Length; i++)
        {
            if (Math.Max(low.Box[i].From, high.Box[i].From) < Math.Min(low.Box[i].To, high.Box[i].To))
            {
                continue;
            }

            if (moved >= 0 || low.Box[i].To > high.Box[i].From)
            {
                return -1;
            }

            moved = i;
        }

        return moved;
    }

    private sealed record Leaf((float From, float To)[] Box, double Value);
}
