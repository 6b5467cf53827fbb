using System.Runtime.InteropServices;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>Finds the values of features that members of a gang have in common and others have not.</summary>
internal static class CommonFeatureFinder
{
    /// <summary>Share of the members that must have a value for it to be common: four in five, so that one who was drawn in by chance hides nothing.</summary>
    public const double CommonShare = 0.8;

    /// <summary>Largest share of the others that may have it: half of that. What most events say tells nothing of a gang.</summary>
    public const double OrdinaryShare = CommonShare / 2;

    /// <summary>Fewest others to hold members against: 20. Among fewer everything is rare.</summary>
    public const int FewestOthers = 20;

    /// <summary>Finds them.</summary>
    /// <param name="members">Values of all features for each member, in the order of the catalogue; NaN is unknown and no value.</param>
    /// <param name="others">The same for the others. Their share is of all of them; of those who have the feature where the value is 0.</param>
    public static GangFeatures Find(IReadOnlyList<double[]> members, IReadOnlyList<double[]> others)
    {
        if (members.Count < 2 || others.Count < FewestOthers)
        {
            return new GangFeatures(members.Count, others.Count, []);
        }

        var found = new List<(Feature Feature, CommonFeature Common)>();
        foreach (var feature in FeatureCatalogue.All)
        {
            var (value, share) = MostFrequent(members, feature.Index);
            if (share < CommonShare)
            {
                continue;
            }

            // That nothing was found tells something only where it was looked for.
            var asked = value == 0 ? others.Count(other => !double.IsNaN(other[feature.Index])) : others.Count;
            var otherShare = asked < FewestOthers ? 1 : (double)others.Count(other => other[feature.Index] == value) / asked;
            if (otherShare <= OrdinaryShare)
            {
                found.Add((feature, new CommonFeature(feature.Name, value, share, otherShare)));
            }
        }

        // What events say of themselves before counts, which many signals repeat; of one count in several windows the one that tells most.
        return new GangFeatures(
            members.Count,
            others.Count,
            [
                .. found
                    .OrderBy(static one => one.Feature.WindowSeconds > 0)
                    .ThenByDescending(static one => one.Common.MemberShare - one.Common.OtherShare)
                    .DistinctBy(static one => Counted(one.Feature), StringComparer.Ordinal)
                    .Take(ArchiveLimits.MaxCommonFeatures)
                    .Select(static one => one.Common),
            ]);
    }

    private static (double Value, double Share) MostFrequent(IReadOnlyList<double[]> members, int index)
    {
        var counts = new Dictionary<double, int>();
        foreach (var member in members)
        {
            if (!double.IsNaN(member[index]))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, member[index], out _)++;
            }
        }

        var (value, count) = counts.Count == 0 ? KeyValuePair.Create(double.NaN, 0) : counts.MaxBy(static count => count.Value);
        return (value, (double)count / members.Count);
    }

    // The name without its window.
    private static string Counted(Feature feature) => feature.WindowSeconds > 0 ? feature.Name[..feature.Name.LastIndexOf('_')] : feature.Name;
}
