using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>A checked model; immutable, shared by all threads. <see cref="ModelLoader"/> is the one that checks.</summary>
internal sealed class ScoreModel
{
    private readonly TreeForest _forest;

    /// <summary>Makes a model of checked parts.</summary>
    /// <param name="name">The name that the file gives itself.</param>
    /// <param name="hash">SHA-256 of the file, 64 hexadecimal digits in lower case.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="risks">By <see cref="Risk"/>.</param>
    /// <param name="facts">Facts about the training, for people.</param>
    public ScoreModel(string name, string hash, IReadOnlyList<ModelInput> inputs, IReadOnlyList<RiskModel> risks, IReadOnlyDictionary<string, string> facts)
    {
        Name = name;
        Hash = hash;
        Inputs = inputs;
        ByRisk = risks;
        Facts = facts;
        _forest = new TreeForest([.. inputs.Select(static input => input.Number)], [.. risks.Select(static risk => risk.Trees)]);
    }

    /// <summary>The name that the file gives itself.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits in lower case.</summary>
    public string Hash { get; }

    /// <summary>The inputs; trees name them by their place.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>What the model knows, by <see cref="Risk"/>.</summary>
    public IReadOnlyList<RiskModel> ByRisk { get; }

    /// <summary>Facts about the training, for people.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; }

    /// <summary>Number of trees of all risks.</summary>
    public int Trees => _forest.Trees;

    /// <summary>The probability of each risk. Allocates nothing.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="probabilities">Receives them by <see cref="Risk"/>, 0 … 1.</param>
    public void Evaluate(Scene scene, FeatureVector features, Span<double> probabilities)
    {
        _forest.Sum(scene, features.Values, probabilities);
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            probabilities[risk] = ByRisk[risk].Calibration.Of(probabilities[risk]);
        }
    }

    /// <summary>The sum of each risk's trees, before calibration.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="sums">Receives the log-odds by <see cref="Risk"/>.</param>
    public void Sum(Scene scene, FeatureVector features, Span<double> sums) => _forest.Sum(scene, features.Values, sums);

    /// <summary>What each input added to the sum of a risk's trees, against the average event of the training (<see cref="TreeShap"/>).</summary>
    /// <param name="risk">The risk.</param>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="shares">Receives a number for each of <see cref="Inputs"/>.</param>
    public void Explain(Risk risk, Scene scene, FeatureVector features, Span<double> shares)
    {
        Span<float> inputs = stackalloc float[ModelLimits.MaxInputs];
        inputs = inputs[..Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = ModelInputs.Read(Inputs[i].Number, scene, features.Values);
        }

        shares.Clear();

        // By number: the list's enumerator would be an object.
        var trees = ByRisk[(int)risk].Trees;
        for (var i = 0; i < trees.Count; i++)
        {
            TreeShap.Add(trees[i], inputs, shares);
        }
    }
}
