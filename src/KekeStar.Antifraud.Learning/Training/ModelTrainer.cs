using System.Diagnostics;
using System.Globalization;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Evaluation;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>Trains a model of all risks, writes it in both forms, and holds the two against each other.</summary>
/// <param name="options">How.</param>
/// <param name="progress">Takes a line for each step.</param>
internal sealed class ModelTrainer(TrainingOptions options, Action<string> progress)
{
    /// <summary>Largest difference between ML.NET's file and the flattened one that is let through, in log-odds: 1e-5.</summary>
    public const double LargestDifference = 1e-5;

    private readonly RiskTrainer _trainer = new(options);

    /// <summary>Trains and writes <c>{hash}.json</c> and one <c>{risk}.zip</c> for each risk.</summary>
    /// <param name="split">The events.</param>
    /// <param name="folder">Where the files go; made if missing.</param>
    /// <returns>The model as it was read back.</returns>
    /// <exception cref="InvalidDataException">A risk has too few examples, or the two forms do not agree.</exception>
    public ScoreModel Train(EventSplit split, string folder)
    {
        var watch = Stopwatch.StartNew();
        TrainingExamples.Check(split);
        Directory.CreateDirectory(folder);
        var numbers = Select(split.Training);
        progress($"{numbers.Count} inputs kept");

        // Of the kept ones, those that a tree of any risk really asks.
        var grown = new List<(Risk Risk, IReadOnlyList<ModelTree> Trees, List<int[]> Counts)>();
        foreach (var risk in Enum.GetValues<Risk>())
        {
            var events = RiskTrainer.Of(risk, split.Training);
            Say($"{PolicyWords.WordOf(risk)}: growing {options.Trees} trees on {events.Count:N0} events, {events.Count(static e => e.IsAbusive):N0} of them attacks");
            var model = _trainer.Train(risk, events, numbers, options.Trees);
            _trainer.Save(model, numbers.Count, ZipOf(folder, risk));
            var counts = new List<int[]>();
            grown.Add((risk, TreeExport.Of(model.LastTransformer.Model.SubModel.TrainedTreeEnsemble.Trees, counts), counts));
            Say($"{PolicyWords.WordOf(risk)}: {counts.Count} trees grown");
        }

        Say($"counting the leaves and bins of {split.Training.Count:N0} events");
        Count(split.Training, numbers, grown);
        var inputs = InputBins.Of(split.Training, numbers);
        Say($"calibrating on {split.Calibration.Count:N0} events");
        RiskModel[] risks = [.. grown.Select(one => new RiskModel(
            BaseRate(one.Risk, split.Calibration),
            Calibrate(one.Risk, one.Trees, split.Calibration, numbers),
            one.Trees))];
        var bytes = ModelWriter.Write(options.Name, inputs, risks, Facts(split));
        var read = ModelLoader.Load(bytes);
        if (read.Model is not { } loaded)
        {
            throw new InvalidDataException($"The trained model breaks the rules of model files: {string.Join("; ", read.Errors.Take(5))}");
        }

        CheckForms(loaded, numbers, split.Test, folder);
        File.WriteAllBytes(Path.Combine(folder, $"{loaded.Hash}.json"), bytes);
        Say($"{loaded.Hash}.json: {bytes.Length / 1024.0:N0} KiB; trained in {watch.Elapsed.TotalSeconds:0.0} s, at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MiB");
        return loaded;
    }

    private static string ZipOf(string folder, Risk risk) => Path.Combine(folder, $"{PolicyWords.WordOf(risk)}.zip");

    private void Say(FormattableString line) => progress(line.ToString(CultureInfo.InvariantCulture));

    // Never 0, for a risk that is not in the calibration at all.
    private static double BaseRate(Risk risk, IReadOnlyList<LabelledEvent> calibration)
    {
        var events = RiskTrainer.Of(risk, calibration);
        return (events.Count(static e => e.IsAbusive) + 1.0) / (events.Count + 2.0);
    }

    private static CalibrationCurve Calibrate(Risk risk, IReadOnlyList<ModelTree> trees, IReadOnlyList<LabelledEvent> events, List<int> numbers)
    {
        var forest = new TreeForest(numbers, [.. Enum.GetValues<Risk>().Select(other => other == risk ? trees : [])]);
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var sums = new double[Risks.Count];
        return IsotonicRegression.Curve(RiskTrainer.Of(risk, events).Select(e =>
        {
            e.Read(vector);
            forest.Sum(e.Scene, vector.Values, sums);
            return (sums[(int)risk], e.IsAbusive);
        }));
    }

    private static void Count(
        IReadOnlyList<LabelledEvent> events, List<int> numbers, List<(Risk Risk, IReadOnlyList<ModelTree> Trees, List<int[]> Counts)> grown)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var inputs = new float[numbers.Count];
        foreach (var e in events)
        {
            e.Read(vector);
            for (var i = 0; i < inputs.Length; i++)
            {
                inputs[i] = ModelInputs.Read(numbers[i], e.Scene, vector.Values);
            }

            foreach (var (risk, trees, counts) in grown)
            {
                if (e.Risk is null || e.Risk == risk)
                {
                    for (var tree = 0; tree < trees.Count; tree++)
                    {
                        counts[tree][trees[tree].LeafOf(inputs)]++;
                    }
                }
            }
        }

        // A leaf that nobody reached has a share of next to nothing, not of nothing.
        foreach (var leaves in grown.SelectMany(static one => one.Counts))
        {
            for (var leaf = 0; leaf < leaves.Length; leaf++)
            {
                leaves[leaf] = Math.Max(1, leaves[leaf]);
            }
        }
    }

    // A first training with all inputs on few events; what gained most there stays. All attacks are in it, as far as they fit.
    private List<int> Select(IReadOnlyList<LabelledEvent> events)
    {
        int[] all = [.. ModelInputs.Names.Select(static name => ModelInputs.Find(name)!.Value)];
        var gains = new double[all.Length];
        foreach (var risk in Enum.GetValues<Risk>())
        {
            var sample = Sample(RiskTrainer.Of(risk, events));
            Say($"{PolicyWords.WordOf(risk)}: choosing inputs of {all.Length} by {options.SelectionTrees} trees on {sample.Count:N0} events");
            var model = _trainer.Train(risk, sample, all, options.SelectionTrees);
            var own = new double[all.Length];
            foreach (var tree in model.LastTransformer.Model.SubModel.TrainedTreeEnsemble.Trees)
            {
                for (var node = 0; node < tree.NumberOfNodes; node++)
                {
                    own[tree.NumericalSplitFeatureIndexes[node]] += tree.SplitGains[node];
                }
            }

            // Each risk has a say of the same weight.
            var sum = Math.Max(own.Sum(), double.Epsilon);
            for (var i = 0; i < own.Length; i++)
            {
                gains[i] += own[i] / sum;
            }
        }

        return
        [
            .. Enumerable.Range(0, all.Length)
                .Where(i => gains[i] > 0)
                .OrderByDescending(i => gains[i])
                .ThenBy(static i => i)
                .Take(options.Inputs)
                .Order()
                .Select(i => all[i]),
        ];
    }

    private List<LabelledEvent> Sample(IReadOnlyList<LabelledEvent> events)
    {
        var random = new Random(options.Seed);
        var attacks = events.Where(static e => e.IsAbusive).ToArray();
        var honest = events.Where(static e => !e.IsAbusive).ToArray();
        var keptAttacks = Math.Min(attacks.Length, options.SelectionEvents / 2);
        return [.. Pick(attacks, keptAttacks), .. Pick(honest, Math.Min(honest.Length, options.SelectionEvents - keptAttacks))];

        LabelledEvent[] Pick(LabelledEvent[] from, int most)
        {
            random.Shuffle(from);
            return from[..most];
        }
    }

    private void CheckForms(ScoreModel model, List<int> numbers, IReadOnlyList<LabelledEvent> test, string folder)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var sums = new double[Risks.Count];
        foreach (var risk in Enum.GetValues<Risk>())
        {
            var worst = 0.0;
            var at = 0;
            Say($"{PolicyWords.WordOf(risk)}: scoring {test.Count:N0} test events by both forms");
            foreach (var score in _trainer.Score(ZipOf(folder, risk), test, numbers))
            {
                var e = test[at++];
                e.Read(vector);
                model.Sum(e.Scene, vector, sums);
                worst = Math.Max(worst, Math.Abs(score - sums[(int)risk]));
            }

            Say($"{PolicyWords.WordOf(risk)}: ML.NET's file and the flattened one differ by at most {worst:0.0e+0} log-odds over {at:N0} test events");
            if (worst > LargestDifference || at != test.Count)
            {
                throw new InvalidDataException($"{PolicyWords.WordOf(risk)}: the two forms of the model differ by {worst} over {at} events.");
            }
        }
    }

    private Dictionary<string, string> Facts(EventSplit split)
    {
        static string Day(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = Day(split.Training[0].TimeMilliseconds),
            ["to"] = Day(split.Training[^1].TimeMilliseconds),
            ["events"] = split.Training.Count.ToString(CultureInfo.InvariantCulture),
            ["calibration_events"] = split.Calibration.Count.ToString(CultureInfo.InvariantCulture),
            ["attacks"] = split.Training.Count(static e => e.IsAbusive).ToString(CultureInfo.InvariantCulture),
            ["truth"] = options.Truth,
            ["trainer"] = "LightGBM by ML.NET, monotone constraints, isotonic calibration",
            ["trees"] = options.Trees.ToString(CultureInfo.InvariantCulture),
            ["leaves"] = options.Leaves.ToString(CultureInfo.InvariantCulture),
            ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        };
    }
}
