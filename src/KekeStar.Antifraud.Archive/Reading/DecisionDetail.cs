using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>One decision with all that is kept of it.</summary>
/// <param name="Row">The decision.</param>
/// <param name="Features">Its known features; empty once they were erased.</param>
/// <param name="Entities">Its entities; empty once they were erased.</param>
internal sealed record DecisionDetail(DecisionRow Row, IReadOnlyList<DecisionFeature> Features, IReadOnlyList<DecisionEntity> Entities)
{
    /// <summary>The features in the order of this build's catalogue, so that a policy can be run over them.</summary>
    /// <returns>The features, and how many of those kept this build no longer has.</returns>
    public (FeatureVector Vector, int Gone) ToVector()
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var gone = 0;
        foreach (var feature in Features)
        {
            if (FeatureCatalogue.Find(feature.Name) is { } known)
            {
                vector.Set(known.Index, feature.Value, feature.AtLeast);
            }
            else
            {
                gone++;
            }
        }

        return (vector, gone);
    }
}

/// <summary>A known feature of a decision.</summary>
/// <param name="Name">Its name when the decision was made.</param>
/// <param name="Value">Its value.</param>
/// <param name="AtLeast">True if the true value may be higher.</param>
internal sealed record DecisionFeature(string Name, double Value, bool AtLeast);

/// <summary>An entity of a decision.</summary>
/// <param name="Slot">Name of its slot, such as <c>imei_2</c>.</param>
/// <param name="Id">First 64 bits of its pseudonym.</param>
internal sealed record DecisionEntity(string Slot, long Id);
