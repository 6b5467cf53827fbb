using System.Runtime.InteropServices;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Decision;

/// <summary>What a model added to one score, shared among its inputs as reasons share it (<see cref="ModelReasons.Share"/>). For people, not for the hot path.</summary>
/// <param name="Shares">The inputs that raised it, the strongest first; the event's scene may be one.</param>
/// <param name="Rest">What no input raised, in points: 0, but where all of them lowered.</param>
internal sealed record ModelSplit(IReadOnlyList<ModelShare> Shares, double Rest)
{
    /// <summary>Splits what the model of a decision added.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="decision">What was decided.</param>
    public static ModelSplit Of(Scene scene, FeatureVector features, EventDecision decision)
    {
        if (decision.Policy.Model is not { } named || decision.Rules.Models.Contribution == 0)
        {
            return new ModelSplit([], 0);
        }

        var model = named.Model;
        var points = new double[model.Inputs.Count];
        ModelReasons.Share(model, scene, features, decision, points);
        ModelShare[] shares =
        [
            .. points
                .Select((share, input) => new ModelShare(model.Inputs[input].Number, share))
                .Where(static share => share.Points > 0)
                .OrderByDescending(static share => share.Points),
        ];
        return new ModelSplit(shares, shares.Length == 0 ? decision.Rules.Models.Contribution : 0);
    }
}

/// <summary>What one input added.</summary>
/// <param name="Number">The feature or scene, see <see cref="ModelInputs"/>.</param>
/// <param name="Points">Points, above 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ModelShare(int Number, double Points)
{
    /// <summary>The feature; null: it is the event's scene.</summary>
    public Feature? Feature => ModelInputs.IsScene(Number) ? null : FeatureCatalogue.At(Number);

    /// <summary>Its name.</summary>
    public string Name => ModelInputs.NameOf(Number);
}
