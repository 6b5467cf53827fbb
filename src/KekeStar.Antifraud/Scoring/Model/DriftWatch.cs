using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// How far live traffic has moved from what a model was trained on, input by input: the population stability index over the bins of the model file,
/// Σ (b − a) · ln(b / a). Looks at one event in <see cref="Every"/>, and at none while another thread looks at one. Allocates nothing for an event.
/// </summary>
/// <remarks>Below 0.1 is usually called stable, above 0.25 moved (Siddiqi, "Credit Risk Scorecards", 2006).</remarks>
internal sealed class DriftWatch
{
    /// <summary>One event in so many is looked at: 16, so that it costs an event some hundred nanoseconds on average.</summary>
    public const int Every = 16;

    /// <summary>Events that are looked at before the oldest are forgotten: 20,000; between half of them and all speak.</summary>
    public const int Window = 20_000;

    /// <summary>The least share that a bin counts with: 1e-4, so that an empty one is far and not infinitely far.</summary>
    public const double LeastShare = 1e-4;

    private readonly Lock _lock = new();
    private ScoreModel? _model;
    private int[][] _newer = [];
    private int[][] _older = [];
    private int _newerCount;
    private int _olderCount;
    private uint _events;

    /// <summary>Events that speak at this moment.</summary>
    public int Samples => Volatile.Read(ref _newerCount) + Volatile.Read(ref _olderCount);

    /// <summary>Looks at an event, if it is its turn.</summary>
    /// <param name="model">The model; another one than before begins anew.</param>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    public void Look(ScoreModel model, Scene scene, FeatureVector features)
    {
        if (Interlocked.Increment(ref _events) % Every != 1 || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            if (!ReferenceEquals(model, _model))
            {
                Begin(model);
            }

            for (var i = 0; i < _newer.Length; i++)
            {
                if (_newer[i].Length > 0)
                {
                    var input = model.Inputs[i];
                    _newer[i][input.BinOf(ModelInputs.Read(input.Number, scene, features.Values))]++;
                }
            }

            if (++_newerCount == Window / 2)
            {
                (_newer, _older) = (_older, _newer);
                (_olderCount, _newerCount) = (_newerCount, 0);
                Array.ForEach(_newer, static bins => Array.Clear(bins));
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>The index of each input that has bins, while there was an event.</summary>
    public List<(string Input, double Index)> Indices()
    {
        lock (_lock)
        {
            var indices = new List<(string Input, double Index)>();
            double samples = _newerCount + _olderCount;
            for (var i = 0; samples > 0 && i < _newer.Length; i++)
            {
                var (newer, older, expected) = (_newer[i], _older[i], _model!.Inputs[i].Shares);
                if (expected.Length > 0)
                {
                    indices.Add((ModelInputs.NameOf(_model.Inputs[i].Number), Index(expected, [.. newer.Zip(older, (one, other) => (one + other) / samples)])));
                }
            }

            return indices;
        }
    }

    /// <summary>The index of two histograms.</summary>
    /// <param name="expected">Shares in each bin then.</param>
    /// <param name="actual">Shares in each bin now; as many.</param>
    public static double Index(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        var sum = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var (then, now) = (Math.Max(expected[i], LeastShare), Math.Max(actual[i], LeastShare));
            sum += (now - then) * Math.Log(now / then);
        }

        return sum;
    }

    private void Begin(ScoreModel model)
    {
        _model = model;
        _newer = [.. model.Inputs.Select(static input => new int[input.Shares.Length])];
        _older = [.. model.Inputs.Select(static input => new int[input.Shares.Length])];
        (_newerCount, _olderCount) = (0, 0);
    }
}
