using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Training;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks.Subjects;

/// <summary>A model of the usual size, trained on made-up events, with ML.NET's files beside it.</summary>
internal sealed class TrainedModel : IDisposable
{
    private const int Events = 12_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("antifraud-bench-");

    /// <summary>Trains 100 trees of 31 leaves for each risk.</summary>
    public TrainedModel()
    {
        var random = new Random(1);
        var split = EventSplit.Of([.. Enumerable.Range(0, Events).Select(i => Event(random, i))]);
        Model = new ModelTrainer(new TrainingOptions { Name = "bench", MinimumLeaf = 10 }, static _ => { }).Train(split, _folder.FullName);
    }

    /// <summary>The model.</summary>
    public ScoreModel Model { get; }

    /// <summary>ML.NET's file of one risk.</summary>
    public string Zip(string risk) => Path.Combine(_folder.FullName, $"{risk}.zip");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    // Each attack is told by a weighted sum over many features, so that the trees ask many of them.
    private static LabelledEvent Event(Random random, int number)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        Span<double> sums = stackalloc double[Risks.Count];
        sums.Clear();
        foreach (var feature in FeatureCatalogue.All)
        {
            var value = random.Next(3) == 0 ? Math.Floor(Math.Min(feature.Maximum, 40) * random.NextDouble() * random.NextDouble()) : 0;
            vector.Set(feature.Index, value);
            if (ModelInputs.Of(feature.Index) == InputDirection.Raises && feature.Index % 7 < Risks.Count)
            {
                sums[feature.Index % 7] += value / Math.Min(feature.Maximum, 40);
            }
        }

        var scratch = new byte[FeatureBlob.MaxLength];
        var risk = random.Next(Risks.Count);
        return new LabelledEvent
        {
            Decision = number * 1_000L,
            TimeMilliseconds = number * 1_000L,
            Scene = (Scene)random.Next(1, Policy.SceneCount),
            Risk = sums[risk] > 11 ? (Risk)risk : null,
            Actor = "made up",
            IsUnseen = false,
            Features = scratch[..FeatureBlob.Write(vector, scratch)],
        };
    }
}
