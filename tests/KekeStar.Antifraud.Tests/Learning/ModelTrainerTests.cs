using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Evaluation;
using KekeStar.Antifraud.Learning.Training;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Scoring;

namespace KekeStar.Antifraud.Tests.Learning;

public sealed class ModelTrainerTests : IDisposable
{
    private static readonly TrainingOptions Options = new()
    {
        Name = "test",
        Trees = 20,
        Leaves = 8,
        MinimumLeaf = 20,
        SelectionEvents = 2_000,
        SelectionTrees = 8,
        Threads = 1,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly List<string> _progress = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_model_is_trained_written_in_both_forms_and_tells_attacks_from_people()
    {
        var split = EventSplit.Of(SyntheticEvents.Make(12_000, seed: 1));

        var model = new ModelTrainer(Options, _progress.Add).Train(split, _folder.FullName);

        // Both forms were held against each other on the way; what was written is what was judged.
        Assert.Equal(model.Hash, ModelLoader.HashOf(File.ReadAllBytes(Path.Combine(_folder.FullName, $"{model.Hash}.json"))));
        Assert.All(PolicyWords.Risks.Keys, risk => Assert.True(File.Exists(Path.Combine(_folder.FullName, $"{risk}.zip"))));
        Assert.Equal(3, _progress.Count(static line => line.Contains("differ by at most", StringComparison.Ordinal)));
        Assert.Contains(_progress, static line => line.Contains("MiB", StringComparison.Ordinal));

        var evaluation = Evaluator.Run(TestPolicies.Load(TestPolicies.Document()), new PolicyModel(model, 500), split.Test);
        var scores = evaluation.Scorers.ToDictionary(static scorer => scorer.Name, StringComparer.Ordinal);
        Assert.True(scores["model"].SeenAveragePrecision > 0.8, $"{scores["model"].SeenAveragePrecision}");
        Assert.True(scores["both"].AveragePrecision > scores["rules"].AveragePrecision);

        // What was learned against its direction is not there: more foreign identifiers never lower.
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var (few, many) = (new double[Risks.Count], new double[Risks.Count]);
        foreach (var e in split.Test)
        {
            e.Read(vector);
            model.Evaluate(e.Scene, vector, few);
            vector.Set(FeatureCatalogue.Find("device.foreign_identifiers")!.Index, 8);
            model.Evaluate(e.Scene, vector, many);
            Assert.All(Enum.GetValues<Risk>(), risk => Assert.True(many[(int)risk] >= few[(int)risk]));
        }
    }

    [Fact]
    public void The_same_events_and_seed_give_the_same_model()
    {
        var split = EventSplit.Of(SyntheticEvents.Make(4_000, seed: 2));

        var hashes = Enumerable.Range(1, 2).Select(i => new ModelTrainer(Options with { Trees = 5 }, _progress.Add)
            .Train(split, Path.Combine(_folder.FullName, $"{i}")).Hash).ToArray();

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void A_risk_without_an_example_is_an_error_that_names_it()
    {
        var split = EventSplit.Of([.. SyntheticEvents.Make(3_000, seed: 3).Where(static e => e.Risk != Risk.Bot)]);

        var e = Assert.Throws<InvalidDataException>(() => new ModelTrainer(Options, _progress.Add).Train(split, _folder.FullName));

        Assert.StartsWith("bot: 0 of", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unseen_adversaries_and_later_times_are_in_the_test_alone()
    {
        var events = SyntheticEvents.Make(5_000, seed: 4);
        var split = EventSplit.Of(events);

        Assert.DoesNotContain(split.Training.Concat(split.Calibration), static e => e.IsUnseen);
        Assert.Contains(split.Test, static e => e.IsUnseen);
        Assert.True(split.Training[^1].TimeMilliseconds < split.Calibration[0].TimeMilliseconds);
        Assert.True(split.Calibration[^1].TimeMilliseconds < split.Test[0].TimeMilliseconds);
        Assert.Equal(1_250, split.Test.Count);
    }
}
