using System.Globalization;
using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Archive.Judging;

namespace KekeStar.Antifraud.Learning.Evaluation;

/// <summary>An evaluation as text for people (Markdown) and for programs (JSON).</summary>
internal static class EvaluationReport
{
    // The recall at which segments are held against the whole.
    private const double SegmentShare = 0.005;
    private const int ShownInputs = 10;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new FiniteNumberConverter() },
    };

    /// <summary>The evaluation as JSON; null where there is no number, such as a share of nothing.</summary>
    public static string Json(ModelEvaluation evaluation) => JsonSerializer.Serialize(evaluation, Options);

    /// <summary>The evaluation as Markdown.</summary>
    public static string Markdown(ModelEvaluation evaluation)
    {
        var text = new StringBuilder();
        Line(text, $"Policy {evaluation.Policy}, model {evaluation.Model[..16]} with {evaluation.Points} points. {evaluation.Events:N0} events, of which {evaluation.SeenAttacks:N0} attacks of seen and {evaluation.UnseenAttacks:N0} of unseen adversaries. Intervals: 95 % (Wilson), as if events were independent.");
        Line(text, $"");
        Line(text, $"| score | average precision | seen | unseen | false challenges | threshold | recall, seen | recall, unseen |");
        Line(text, $"|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var scorer in evaluation.Scorers)
        {
            foreach (var point in scorer.Points)
            {
                Line(text, $"| {scorer.Name} | {scorer.AveragePrecision:0.0000} | {scorer.SeenAveragePrecision:0.0000} | {scorer.UnseenAveragePrecision:0.0000} | {Percent(point.False)} | {point.Threshold:0.0} | {Percent(point.Seen)} | {Percent(point.Unseen)} |");
            }
        }

        foreach (var isAttack in (bool[])[true, false])
        {
            Line(text, $"");
            Line(text, $"{(isAttack ? "Recall by adversary" : "False challenges by segment")} at {SegmentShare * 100:0.0} % false challenges:");
            Line(text, $"");
            Line(text, $"| {(isAttack ? "adversary" : "segment")} | events | {string.Join(" | ", evaluation.Scorers.Select(static scorer => scorer.Name))} |");
            Line(text, $"|---|--:|{string.Concat(evaluation.Scorers.Select(static _ => "--:|"))}");
            var points = evaluation.Scorers.Select(static scorer => scorer.Points.Single(static point => point.FalseShare.Equals(SegmentShare))).ToArray();
            for (var group = 0; group < points[0].Groups.Count; group++)
            {
                var first = points[0].Groups[group];
                if (first.IsAttack == isAttack)
                {
                    Line(text, $"| {first.Actor}{(first.IsUnseen ? " (unseen)" : "")} | {first.Challenged.Total:N0} | {string.Join(" | ", points.Select(point => Percent(point.Groups[group].Challenged)))} |");
                }
            }
        }

        Line(text, $"");
        Line(text, $"Population stability of the inputs, training against these events; the {ShownInputs} that moved most:");
        Line(text, $"");
        Line(text, $"| input | index |");
        Line(text, $"|---|--:|");
        foreach (var input in evaluation.Stability.Take(ShownInputs))
        {
            Line(text, $"| `{input.Input}` | {input.Index:0.000} |");
        }

        return text.ToString();
    }

    private static string Percent(Share share) => share.Total == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{share.Value * 100:0.00} % ({share.Low * 100:0.00}–{share.High * 100:0.00})");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
