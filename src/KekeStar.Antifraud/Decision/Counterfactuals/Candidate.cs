using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>A feature that may be changed, and which way.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsLowered">True: towards 0; false: towards its maximum.</param>
/// <param name="Target">The harmless value that it can have at all: of a count that the event itself is in, 1.</param>
internal sealed record Candidate(Feature Feature, double Value, bool IsLowered, double Target)
{
    private static readonly int StepUp = FeatureCatalogue.Index(SingleFeature.StepUpPassedMinutes);

    /// <summary>True if it has no values but whole ones.</summary>
    public bool IsWhole { get; } = Feature.Unit is not ("ratio" or "days" or "minutes") && Value == Math.Floor(Value);

    /// <summary>Makes the bound of a claim.</summary>
    public FeatureBound At(double bound) => new(Feature, Value, bound, IsLowered);

    /// <summary>Collects the features that raised a score: those that fired rules rest on, then those that the model found suspicious, the strongest first.</summary>
    /// <param name="decided">The event.</param>
    /// <param name="decision">What was decided about it.</param>
    /// <returns>At most <see cref="CounterfactualLimits.MaxCandidates"/>.</returns>
    public static IReadOnlyList<Candidate> Collect(DecidedEvent decided, EventDecision decision)
    {
        var found = new List<Candidate>();
        var rules = decided.Policy.Rules;
        var contributions = decision.Rules.Contributions.ToArray();
        var fired = decision.Rules.Fired.ToArray();
        Array.Sort(contributions, fired, Comparer<double>.Create(static (left, right) => right.CompareTo(left)));
        for (var i = 0; i < fired.Length && contributions[i] > 0; i++)
        {
            foreach (var feature in rules[fired[i]].Features)
            {
                Add(decided, feature, found);
            }
        }

        // A scene is no reason by itself, and nobody changes it.
        foreach (var feature in ModelSplit.Of(decided.Scene, decided.Features, decision).Shares.Select(static share => share.Feature).OfType<Feature>())
        {
            Add(decided, feature.Index, found);
        }

        return found;
    }

    private static void Add(DecidedEvent decided, int index, List<Candidate> found)
    {
        var feature = FeatureCatalogue.At(index);
        var value = decided.Features.Values[index];
        if (double.IsNaN(value) || index == StepUp || found.Count == CounterfactualLimits.MaxCandidates || found.Exists(other => other.Feature.Index == index))
        {
            return;
        }

        var isLowered = ModelInputs.Of(index) switch
        {
            InputDirection.Raises => true,
            InputDirection.Lowers => false,
            _ => IsLowerBetter(decided, feature),
        };
        var target = isLowered ? Math.Min(value, Least(feature, decided.Scene)) : feature.Maximum;
        if (target != value)
        {
            found.Add(new Candidate(feature, value, isLowered, target));
        }
    }

    // What may speak either way goes whichever way scores less.
    private static bool IsLowerBetter(DecidedEvent decided, Feature feature)
    {
        var features = new FeatureVector(FeatureCatalogue.Count);
        var decision = new EventDecision();
        return ScoreAt(0) <= ScoreAt(feature.Maximum);

        int ScoreAt(double value)
        {
            PossibleFeatures.Apply(decided.Features, [(feature.Index, value)], features);
            decided.Decide(features, decision);
            return decision.Rules.Score;
        }
    }

    // The event itself is counted.
    private static double Least(Feature feature, Scene scene) => feature.WindowSeconds == 0 && !feature.IsOneAlone ? 0 : feature.Unit switch
    {
        "events" or "accounts" or "devices" or "countries" or "networks" or "hours" => 1,
        "registrations" => scene == Scene.Register ? 1 : 0,
        _ => 0,
    };
}
