using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>Bins of each input over the training, so that live traffic can be held against it.</summary>
internal static class InputBins
{
    /// <summary>Most bins: 10, as usual for the index of population stability.</summary>
    public const int Most = 10;

    /// <summary>Makes bins with about as many events each; fewer where many events have the same value.</summary>
    public static IReadOnlyList<ModelInput> Of(IReadOnlyList<LabelledEvent> events, IReadOnlyList<int> numbers)
    {
        var counts = numbers.Select(static _ => new Dictionary<float, int>()).ToArray();
        var vector = new FeatureVector(FeatureCatalogue.Count);
        foreach (var e in events)
        {
            e.Read(vector);
            for (var i = 0; i < counts.Length; i++)
            {
                var value = ModelInputs.Read(numbers[i], e.Scene, vector.Values);
                counts[i][value] = counts[i].GetValueOrDefault(value) + 1;
            }
        }

        return [.. numbers.Select((number, i) => Bin(number, counts[i], events.Count))];
    }

    private static ModelInput Bin(int number, Dictionary<float, int> counts, int events)
    {
        var (edges, shares) = (new List<float>(), new List<double>());
        var held = 0;
        var ordered = counts.OrderBy(static count => count.Key).ToArray();

        // Of few values each has a bin of its own, however rare.
        var least = ordered.Length <= Most ? 1 : events / Most;
        for (var i = 0; i < ordered.Length; i++)
        {
            held += ordered[i].Value;
            if (i == ordered.Length - 1 || (held >= least && edges.Count < Most - 1))
            {
                shares.Add((double)held / events);
                held = 0;
                if (i < ordered.Length - 1)
                {
                    edges.Add(ordered[i].Key);
                }
            }
        }

        // A single value still needs an edge: what is above it is new.
        if (edges.Count == 0)
        {
            edges.Add(ordered[^1].Key);
            shares.Add(0);
        }

        return new ModelInput(number, [.. edges], [.. shares]);
    }
}
