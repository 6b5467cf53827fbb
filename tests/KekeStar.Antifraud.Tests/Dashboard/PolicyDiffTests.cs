using KekeStar.Antifraud.Dashboard.Policies;

namespace KekeStar.Antifraud.Tests.Dashboard;

public sealed class PolicyDiffTests
{
    private static readonly string Lines = string.Join('\n', Enumerable.Range(1, 40).Select(static number => $"line {number}"));

    [Fact]
    public void A_change_stands_among_its_neighbours_and_the_rest_is_left_out()
    {
        var lines = PolicyDiff.Of(Lines, Lines.Replace("line 20\n", "line twenty\n", StringComparison.Ordinal));

        Assert.Equal(DiffKind.Gap, lines[0].Kind);
        Assert.Equal(
            [
                .. Enumerable.Range(20 - PolicyDiff.Context, PolicyDiff.Context).Select(static number => new DiffLine(DiffKind.Same, number, $"line {number}")),
                new DiffLine(DiffKind.Removed, null, "line 20"),
                new DiffLine(DiffKind.Added, 20, "line twenty"),
                .. Enumerable.Range(21, PolicyDiff.Context).Select(static number => new DiffLine(DiffKind.Same, number, $"line {number}")),
            ],
            lines.Skip(1));
    }

    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Empty(PolicyDiff.Of(Lines, Lines));

    [Fact]
    public void No_more_lines_are_shown_than_the_limit()
    {
        var many = string.Join('\n', Enumerable.Range(1, 2 * PolicyDiff.MaxLines));

        Assert.InRange(PolicyDiff.Of("", many).Count, PolicyDiff.MaxLines, PolicyDiff.MaxLines + 1);
    }
}
