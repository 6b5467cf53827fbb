using System.Globalization;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>A feature and the values of it that something is said for: from its harmless end to a bound, that included.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Value">Its value when it was decided.</param>
/// <param name="Bound">The bound, in the feature's unit.</param>
/// <param name="IsMost">True: values from 0 to the bound; false: from the bound to the feature's maximum.</param>
internal sealed record FeatureBound(Feature Feature, double Value, double Bound, bool IsMost)
{
    /// <summary>The harmless end.</summary>
    public double End => IsMost ? 0 : Feature.Maximum;

    /// <summary>How much would have to change, as a share of the value; of a value below 1, as it is.</summary>
    public double Effort => Math.Abs(Value - Bound) / Math.Max(1, Math.Abs(Value));

    /// <summary>The claim in signs, such as <c>device.accounts_1h ≤ 3</c>; the same in every language.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Feature.Name} {(Bound == End ? "=" : IsMost ? "≤" : "≥")} {Bound:0.####}");
}
