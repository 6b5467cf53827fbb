using System.Globalization;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Language;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>One decision as a line of a table.</summary>
public sealed record DecisionLine
{
    private const int ShownLabels = 1;

    /// <summary>Tells it from the other lines.</summary>
    public required string Key { get; init; }

    /// <summary>Address of its page.</summary>
    public required string Address { get; init; }

    /// <summary>When it was decided.</summary>
    public required string Time { get; init; }

    /// <summary>Name of the verdict's style.</summary>
    public required string VerdictClass { get; init; }

    /// <summary>What the verdict is called.</summary>
    public required string Verdict { get; init; }

    /// <summary>The score, 0 … 1000.</summary>
    public required string Score { get; init; }

    /// <summary>What the scene is called.</summary>
    public required string Scene { get; init; }

    /// <summary>The account; null: none.</summary>
    public long? Account { get; init; }

    /// <summary>The device; null: none.</summary>
    public long? Device { get; init; }

    /// <summary>The rule that added most; empty: none fired.</summary>
    public required string Rule { get; init; }

    /// <summary>The first labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How many labels there are beyond these.</summary>
    public int MoreLabels { get; init; }

    /// <summary>True if it rests on less than it should.</summary>
    public bool IsDegraded { get; init; }

    /// <summary>Writes a row.</summary>
    internal static DecisionLine Of(DecisionRow row, Texts texts, LocalClock clock) => new()
    {
        Key = row.Cursor.ToString(),
        Address = DecisionWords.PageOf(row.Decision, row.Time),
        Time = clock.Moment(row.Time),
        VerdictClass = $"verdict-{row.Verdict}",
        Verdict = DecisionWords.Verdict(texts, row.Verdict),
        Score = row.Score.ToString(CultureInfo.InvariantCulture),
        Scene = DecisionWords.Scene(texts, row.Scene),
        Account = row.Account,
        Device = row.Device,
        Rule = row.Rules.Zip(row.Contributions).OrderByDescending(static fired => Math.Abs(fired.Second)).Select(static fired => fired.First).FirstOrDefault(""),
        Labels = [.. row.Labels.Take(ShownLabels).Select(label => DecisionWords.Label(texts, label))],
        MoreLabels = Math.Max(0, row.Labels.Count - ShownLabels),
        IsDegraded = row.IsDegraded,
    };
}
