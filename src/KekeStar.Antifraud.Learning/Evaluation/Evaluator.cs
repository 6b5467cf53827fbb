using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Learning.Evaluation;

/// <summary>Judges rules alone, model alone and both on labelled events, by the code that scores events.</summary>
internal static class Evaluator
{
    /// <summary>The shares of false challenges at which recall is asked: 1 %, 0.5 %, 0.1 %.</summary>
    public static readonly IReadOnlyList<double> FalseShares = [0.01, 0.005, 0.001];

    private static readonly string[] Names = ["rules", "model", "both"];

    /// <summary>Judges.</summary>
    /// <param name="policy">The rules; a model that it names is ignored.</param>
    /// <param name="model">The model with its points.</param>
    /// <param name="events">Events that the model was not trained on.</param>
    public static ModelEvaluation Run(Policy policy, PolicyModel model, IReadOnlyList<LabelledEvent> events)
    {
        var scores = events.Select(static _ => new double[3]).ToArray();
        var bins = model.Model.Inputs.Select(static input => new double[input.Shares.Length]).ToArray();
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var outcome = new RuleOutcome();
        var probabilities = new double[Risks.Count];
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            e.Read(vector);
            policy.Evaluate(e.Scene, vector, outcome);
            double rules = double.IsNaN(outcome.Models.RuleScore) ? outcome.Score : outcome.Models.RuleScore;
            model.Model.Evaluate(e.Scene, vector, probabilities);
            var excess = 0.0;
            for (var risk = 0; risk < Risks.Count; risk++)
            {
                excess = Math.Max(excess, model.Model.ByRisk[risk].Excess(probabilities[risk]));
            }

            scores[i] = [rules, excess * PolicyLimits.MaxScore, rules + model.Add(excess, rules)];
            Count(model.Model, e, vector, bins);
        }

        return new ModelEvaluation
        {
            Policy = policy.Version,
            Model = model.Model.Hash,
            Points = model.Points,
            Events = events.Count,
            SeenAttacks = events.Count(static e => e.IsAbusive && !e.IsUnseen),
            UnseenAttacks = events.Count(static e => e.IsAbusive && e.IsUnseen),
            Scorers = [.. Names.Select((name, scorer) => Judge(name, events, [.. scores.Select(three => three[scorer])]))],
            Stability =
            [
                .. model.Model.Inputs
                    .Select((input, i) => (input, i))
                    .Where(static one => one.input.Shares.Length > 0)
                    .Select(one => new InputStability(
                        ModelInputs.NameOf(one.input.Number),
                        DriftWatch.Index(one.input.Shares, Array.ConvertAll(bins[one.i], count => count / events.Count))))
                    .OrderByDescending(static one => one.Index),
            ],
        };
    }

    private static void Count(ScoreModel model, LabelledEvent e, FeatureVector vector, double[][] bins)
    {
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i].Length > 0)
            {
                bins[i][model.Inputs[i].BinOf(ModelInputs.Read(model.Inputs[i].Number, e.Scene, vector.Values))]++;
            }
        }
    }

    private static ScorerEvaluation Judge(string name, IReadOnlyList<LabelledEvent> events, double[] scores)
    {
        PrecisionRecall Of(Func<LabelledEvent, bool> which) =>
            new(events.Select((e, i) => (e, i)).Where(one => which(one.e)).Select(one => (scores[one.i], one.e.IsAbusive)));

        // The threshold is set on honest events; attacks have no say in it.
        var honest = Of(static e => !e.IsAbusive);
        return new ScorerEvaluation(
            name,
            Of(static _ => true).AveragePrecision(),
            Of(static e => !e.IsAbusive || !e.IsUnseen).AveragePrecision(),
            Of(static e => !e.IsAbusive || e.IsUnseen).AveragePrecision(),
            [.. FalseShares.Select(share => At(share, Threshold(honest, share, scores), events, scores))]);
    }

    // Between two scores of honest events the least one of all that challenges no more of them.
    private static double Threshold(PrecisionRecall honest, double share, double[] scores)
    {
        var threshold = honest.ThresholdFor(share);
        var below = honest.NextBelow(threshold);
        var least = double.PositiveInfinity;
        foreach (var score in scores)
        {
            if (score > below && score < least)
            {
                least = score;
            }
        }

        return least;
    }

    private static OperatingPoint At(double share, double threshold, IReadOnlyList<LabelledEvent> events, double[] scores)
    {
        var groups = new SortedDictionary<(bool IsHonest, bool IsUnseen, string Actor), (int Hits, int Of)>();
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            var key = (!e.IsAbusive, e.IsUnseen, e.Actor);
            var (hits, of) = groups.GetValueOrDefault(key);
            groups[key] = (hits + (scores[i] >= threshold ? 1 : 0), of + 1);
        }

        Share Sum(Func<(bool IsHonest, bool IsUnseen, string Actor), bool> which)
        {
            var chosen = groups.Where(group => which(group.Key)).ToArray();
            return new Share(chosen.Sum(static group => group.Value.Hits), chosen.Sum(static group => group.Value.Of));
        }

        return new OperatingPoint(
            share,
            threshold,
            Sum(static group => !group.IsHonest && !group.IsUnseen),
            Sum(static group => !group.IsHonest && group.IsUnseen),
            Sum(static group => group.IsHonest),
            [.. groups.Select(static group => new GroupResult(
                group.Key.Actor, !group.Key.IsHonest, group.Key.IsUnseen, new Share(group.Value.Hits, group.Value.Of)))]);
    }
}
