using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>What differs between two policies, line by line.</summary>
internal static class PolicyDiff
{
    /// <summary>Lines that stay around each change: enough to see the id of the rule whose points changed.</summary>
    public const int Context = 7;

    /// <summary>Most lines that are shown: 1,000; more nobody reads, and a page has to carry them.</summary>
    public const int MaxLines = 1_000;

    /// <summary>Compares.</summary>
    /// <param name="before">The old text.</param>
    /// <param name="after">The new text.</param>
    /// <returns>The changes with their surroundings, at most <see cref="MaxLines"/>; empty: there are none.</returns>
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var lines = InlineDiffBuilder.Diff(before, after).Lines;
        var shown = new List<DiffLine>();
        var last = -1;
        for (var i = 0; i < lines.Count && shown.Count < MaxLines; i++)
        {
            if (!IsNearChange(lines, i))
            {
                continue;
            }

            if (i > last + 1)
            {
                shown.Add(new DiffLine(DiffKind.Gap, null, ""));
            }

            last = i;
            shown.Add(new DiffLine(KindOf(lines[i].Type), lines[i].Position, lines[i].Text));
        }

        return shown;
    }

    private static bool IsNearChange(List<DiffPiece> lines, int index)
    {
        for (var i = Math.Max(0, index - Context); i <= Math.Min(lines.Count - 1, index + Context); i++)
        {
            if (lines[i].Type != ChangeType.Unchanged)
            {
                return true;
            }
        }

        return false;
    }

    private static DiffKind KindOf(ChangeType type) => type switch
    {
        ChangeType.Inserted => DiffKind.Added,
        ChangeType.Deleted => DiffKind.Removed,
        _ => DiffKind.Same,
    };
}
