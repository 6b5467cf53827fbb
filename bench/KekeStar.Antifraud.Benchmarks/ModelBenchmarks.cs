using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Learning.Training;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Scoring.Model;
using Microsoft.ML;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// The learned score of one event, all three risks: ML.NET's PredictionEngine, the forms that were tried, and what ships. The event is one of a burst
/// of registrations, with several hundred known features.
/// </summary>
[MemoryDiagnoser]
public class ModelBenchmarks
{
    private readonly double[] _results = new double[Risks.Count];
    private readonly PredictionEngine<InputRow, OutputRow>[] _engines = new PredictionEngine<InputRow, OutputRow>[Risks.Count];
    private readonly EightByteTrees[] _nodes = new EightByteTrees[Risks.Count];
    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;
    private ScoreModel _model = null!;
    private ScoreModel _shipped = null!;
    private InputRow _row = null!;
    private double[] _shares = [];

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath);
        using var trained = new TrainedModel();
        _model = trained.Model;
        _shipped = ModelLibrary.Shipped.Find(ShippedModel.Hash).Model ?? throw new InvalidOperationException("This build ships no model.");
        _row = new InputRow { Features = new float[_model.Inputs.Count] };
        _shares = new double[_model.Inputs.Count];
        var context = new MLContext();
        foreach (var risk in Enum.GetValues<Risk>())
        {
            var word = PolicyWords.Risks.First(word => word.Value == risk).Key;
            _engines[(int)risk] = context.Model.CreatePredictionEngine<InputRow, OutputRow>(
                context.Model.Load(trained.Zip(word), out _), inputSchemaDefinition: InputTable.SchemaOf(_model.Inputs.Count));
            _nodes[(int)risk] = new EightByteTrees(_model.ByRisk[(int)risk].Trees);
        }

        Check(PredictionEngine());
        Check(WalkTrees());
        Check(WalkEightByteNodes());
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>ML.NET: the inputs are given, in an array that is reused; before calibration.</summary>
    [Benchmark(Baseline = true)]
    public double PredictionEngine()
    {
        ReadInputs();
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            _results[risk] = _engines[risk].Predict(_row).Score;
        }

        return _results[0];
    }

    /// <summary>From node to node in arrays, one for each part of a node; before calibration.</summary>
    [Benchmark]
    public double WalkTrees()
    {
        ReadInputs();
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            var sum = 0.0;
            var trees = _model.ByRisk[risk].Trees;
            for (var i = 0; i < trees.Count; i++)
            {
                sum += trees[i].Values[trees[i].LeafOf(_row.Features)];
            }

            _results[risk] = sum;
        }

        return _results[0];
    }

    /// <summary>From node to node of 8 bytes in one array; before calibration.</summary>
    [Benchmark]
    public double WalkEightByteNodes()
    {
        ReadInputs();
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            _results[risk] = _nodes[risk].Sum(_row.Features);
        }

        return _results[0];
    }

    /// <summary>As the service does it: input by input, with a bit for each leaf; calibrated.</summary>
    [Benchmark]
    public double Evaluate()
    {
        _model.Evaluate(_call.Event.Scene, _call.Features, _results);
        return _results[0];
    }

    /// <summary>The same with the model that ships, trained on simulated traffic. ML.NET's files of it are not kept, so it has no row of theirs beside it.</summary>
    [Benchmark]
    public double EvaluateShippedModel()
    {
        _shipped.Evaluate(_call.Event.Scene, _call.Features, _results);
        return _results[0];
    }

    /// <summary>TreeSHAP of one risk, for the reasons.</summary>
    [Benchmark]
    public double Explain()
    {
        _model.Explain(Risk.Bot, _call.Event.Scene, _call.Features, _shares);
        return _shares[0];
    }

    private void ReadInputs()
    {
        var features = _call.Features.Values;
        for (var i = 0; i < _row.Features.Length; i++)
        {
            _row.Features[i] = ModelInputs.Read(_model.Inputs[i].Number, _call.Event.Scene, features);
        }
    }

    private void Check(double first)
    {
        Span<double> sums = stackalloc double[Risks.Count];
        _model.Sum(_call.Event.Scene, _call.Features, sums);
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            if (Math.Abs(sums[risk] - _results[risk]) > ModelTrainer.LargestDifference)
            {
                throw new InvalidOperationException($"The ways do not agree: {sums[risk]}, {_results[risk]}, {first}.");
            }
        }
    }
}
