using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearestName
{
    /// <summary>The feature whose name needs the fewest insertions, deletions and replacements (Levenshtein distance).</summary>
    public static string Feature(string name)
    {
        var best = FeatureCatalogue.At(0).Name;
        var bestDistance = int.MaxValue;
        foreach (var feature in FeatureCatalogue.All)
        {
            var distance = Distance(name, feature.Name);
            if (distance < bestDistance)
            {
                best = feature.Name;
                bestDistance = distance;
            }
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
