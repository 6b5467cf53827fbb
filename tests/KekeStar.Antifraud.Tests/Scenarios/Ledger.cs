using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>All answers of a world, in the order of time.</summary>
internal sealed class Ledger
{
    private readonly List<Judgement> _all = [];

    /// <summary>All of them.</summary>
    internal IReadOnlyList<Judgement> All => _all;

    /// <summary>Those about a group.</summary>
    internal IReadOnlyList<Judgement> Of(string group) => [.. _all.Where(judgement => judgement.Group == group)];

    internal void Add(in Judgement judgement) => _all.Add(judgement);

    /// <summary>Verdicts by group and scene, and which rules spoke where somebody was held up.</summary>
    internal string Table()
    {
        var lines = new List<string> { $"{"group",-24}{"scene",-18}{"events",8}{"REVIEW",8}{"CHALLENGE",11}{"REJECT",8}{"top score",11}  rules of CHALLENGE and REJECT" };
        foreach (var part in _all.GroupBy(judgement => (judgement.Group, judgement.Scene)).OrderBy(part => part.Key.Group, StringComparer.Ordinal).ThenBy(part => part.Key.Scene))
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{part.Key.Group,-24}{part.Key.Scene,-18}{part.Count(),8}{part.Count(j => j.Verdict == Verdict.Review),8}{part.Count(j => j.Verdict == Verdict.Challenge),11}{part.Count(j => j.Verdict == Verdict.Reject),8}{part.Max(j => j.Score),11}  {Rules(part.Where(j => j.IsStopped))}"));
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>The rules that fired, the most frequent first.</summary>
    internal static string Rules(IEnumerable<Judgement> judgements) => string.Join(
        ", ",
        judgements.SelectMany(judgement => judgement.Rules).GroupBy(rule => rule, StringComparer.Ordinal).OrderByDescending(rule => rule.Count()).Take(8)
            .Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Key} {rule.Count()}")));
}
