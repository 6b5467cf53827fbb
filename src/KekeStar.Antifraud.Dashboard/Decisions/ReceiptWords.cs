using System.Globalization;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Decision.Counterfactuals;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>What a receipt says in words; the command line says the same.</summary>
internal static class ReceiptWords
{
    /// <summary>What would have made the verdict milder, a sentence for each way; or why there is none.</summary>
    public static IReadOnlyList<string> Counterfactuals(Texts texts, CounterfactualAnswer answer) => answer.Outcome switch
    {
        CounterfactualOutcome.Found => [.. answer.Ways.Select(way => Sentence(texts, way))],
        CounterfactualOutcome.NotFound => [texts["Receipt.NotFound", CounterfactualLimits.MaxFeatures]],
        _ => [texts[$"Receipt.{answer.Outcome}"]],
    };

    private static string Sentence(Texts texts, Counterfactual way)
    {
        var bounds = string.Join(texts["Receipt.And"], way.Bounds.Select(bound =>
            texts["Receipt.Bound", bound, bound.Value.ToString("0.####", CultureInfo.InvariantCulture)]));
        return way.Verdict == Verdict.Pass
            ? texts["Receipt.WouldPass", bounds]
            : texts["Receipt.WouldBe", texts[$"Verdict.{way.Verdict}"], bounds];
    }
}
