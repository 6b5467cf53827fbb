using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>What a policy's models say of one event; reused from event to event, not thread safe.</summary>
internal sealed class ModelOutcome
{
    private readonly double[] _probabilities = new double[Risks.Count];
    private readonly double[] _shadowProbabilities = new double[Risks.Count];

    /// <summary>Makes one that was asked of nothing yet.</summary>
    public ModelOutcome() => Clear();

    /// <summary>The score that the rules alone give, 0 … 1000; NaN: no model was asked.</summary>
    public double RuleScore { get; private set; }

    /// <summary>What the model added to it: a whole number of points, 0 … 1000. 0 without a model.</summary>
    public int Contribution { get; private set; }

    /// <summary>The risk that the model added for; it speaks in reasons.</summary>
    public Risk Risk { get; private set; }

    /// <summary>The score if the shadow model stood in the model's place; −1: there is none.</summary>
    public int ShadowScore { get; private set; }

    /// <summary>The probabilities that the model gave, by <see cref="Scoring.Risk"/>; NaN: there is none.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>The probabilities that the shadow model gave, by <see cref="Scoring.Risk"/>; NaN: there is none.</summary>
    public ReadOnlySpan<double> ShadowProbabilities => _shadowProbabilities;

    /// <summary>Forgets the last event.</summary>
    public void Clear()
    {
        RuleScore = double.NaN;
        Contribution = 0;
        Risk = default;
        ShadowScore = -1;
        Array.Fill(_probabilities, double.NaN);
        Array.Fill(_shadowProbabilities, double.NaN);
    }

    /// <summary>Asks the models; at least one of them is there. Allocates nothing.</summary>
    /// <param name="policy">Names them.</param>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="outcome">Holds the rules' scores; receives those of rules and model.</param>
    internal void Evaluate(Policy policy, Scene scene, FeatureVector features, RuleOutcome outcome)
    {
        var rules = outcome.Score;
        RuleScore = rules;
        if (policy.Shadow is { } shadow)
        {
            shadow.Model.Evaluate(scene, features, _shadowProbabilities);
            ShadowScore = Combine(rules, shadow.Add(Largest(shadow.Model, _shadowProbabilities, out _), rules));
        }

        if (policy.Model is not { } model)
        {
            return;
        }

        model.Model.Evaluate(scene, features, _probabilities);
        var excess = Largest(model.Model, _probabilities, out var leading);
        var score = Combine(rules, model.Add(excess, rules));
        Risk = leading;
        Contribution = score - rules;
        Span<double> byRisk = stackalloc double[Risks.Count];
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            double sub = outcome.SubScore((Risk)risk);
            byRisk[risk] = sub + model.Add(model.Model.ByRisk[risk].Excess(_probabilities[risk]), sub);
        }

        outcome.AddModel(score, byRisk, Contribution > 0 && RestsOnLowerBound(model.Model, features));
    }

    private static int Combine(int rules, double added) => (int)Math.Round(rules + added, MidpointRounding.AwayFromZero);

    private static double Largest(ScoreModel model, ReadOnlySpan<double> probabilities, out Risk leading)
    {
        var largest = -1.0;
        leading = default;
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            var excess = model.ByRisk[risk].Excess(probabilities[risk]);
            if (excess > largest)
            {
                largest = excess;
                leading = (Risk)risk;
            }
        }

        return largest;
    }

    private static bool RestsOnLowerBound(ScoreModel model, FeatureVector features)
    {
        for (var i = 0; i < model.Inputs.Count; i++)
        {
            var number = model.Inputs[i].Number;
            if (!ModelInputs.IsScene(number) && features.IsAtLeast(number))
            {
                return true;
            }
        }

        return false;
    }
}
