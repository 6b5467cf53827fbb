using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>Grows the trees of one risk with ML.NET's LightGBM. Events of another risk are neither examples nor counter-examples.</summary>
/// <param name="options">How.</param>
internal sealed class RiskTrainer(TrainingOptions options)
{
    // The smallest of LightGBM's usual sizes; counts are small numbers, of which a bin each is kept up to there.
    private const int Bins = 63;

    private readonly MLContext _context = new(options.Seed);

    /// <summary>The events that teach something of a risk.</summary>
    public static IReadOnlyList<LabelledEvent> Of(Risk risk, IReadOnlyList<LabelledEvent> events) =>
        [.. events.Where(e => e.Risk is null || e.Risk == risk)];

    /// <summary>Trains.</summary>
    /// <param name="risk">The risk.</param>
    /// <param name="events">Events of it, and honest ones.</param>
    /// <param name="numbers">The inputs.</param>
    /// <param name="trees">Most trees.</param>
    public TransformerChain<BinaryPredictionTransformer<CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>>> Train(
        Risk risk, IReadOnlyList<LabelledEvent> events, IReadOnlyList<int> numbers, int trees)
    {
        var trainer = _context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = nameof(InputRow.Label),
            FeatureColumnName = nameof(InputRow.Features),
            NumberOfIterations = trees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.MinimumLeaf,
            MaximumBinCountPerFeature = Bins,
            NumberOfThreads = options.Threads,
            Seed = options.Seed,

            // So that the sum of the trees is log-odds; and nothing is missing, because unknown is read as the harmless end.
            Sigmoid = 1,
            HandleMissingValue = false,
            UseCategoricalSplit = false,
            Silent = true,
            Booster = new GradientBooster.Options { L2Regularization = options.L2, MinimumChildWeight = 0.001 },
        });
        NativeParameters.Constrain(trainer, numbers);
        var data = InputTable.Of(_context, events, numbers, e => e.Risk == risk);
        return new EstimatorChain<ITransformer>().Append(trainer).Fit(data);
    }

    /// <summary>Writes ML.NET's own file of a model.</summary>
    public void Save(ITransformer model, int inputs, string path)
    {
        var schema = InputTable.Of(_context, [], [.. Enumerable.Repeat(0, inputs)], static _ => false).Schema;
        _context.Model.Save(model, schema, path);
    }

    /// <summary>The log-odds that ML.NET's own file of a model gives some events.</summary>
    public IEnumerable<float> Score(string path, IReadOnlyList<LabelledEvent> events, IReadOnlyList<int> numbers)
    {
        var model = _context.Model.Load(path, out _);
        var scored = model.Transform(InputTable.Of(_context, events, numbers, static _ => false));
        return _context.Data.CreateEnumerable<OutputRow>(scored, reuseRowObject: true, ignoreMissingColumns: true).Select(static row => row.Score);
    }
}
