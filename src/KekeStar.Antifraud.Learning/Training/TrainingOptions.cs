namespace KekeStar.Antifraud.Learning.Training;

/// <summary>How a model is trained.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Decides about all that is random. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads. Default: one for each processor. The trees do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Trees of each risk, 1 … 500. Default: 100; what more would gain was not measured.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Most leaves of a tree, 2 … 64. Default: 31, LightGBM's own.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Learning rate. Default: 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Fewest events in a leaf. Default: 100, so that no leaf is a handful of people.</summary>
    public int MinimumLeaf { get; init; } = 100;

    /// <summary>Regularisation of the leaves' values (L2). Default: 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>Most inputs that the model keeps, by what they gained in a first, smaller training. Default: 128.</summary>
    public int Inputs { get; init; } = 128;

    /// <summary>Most events of the first training. Default: 120,000: at 870 inputs 420 MB.</summary>
    public int SelectionEvents { get; init; } = 120_000;

    /// <summary>Trees of the first training. Default: 25.</summary>
    public int SelectionTrees { get; init; } = 25;

    /// <summary>Where the truth was known from, for people; a fact in the file, at most 200 characters. Default: it is not said.</summary>
    public string Truth { get; init; } = "not said";

    /// <summary>Name of the model. Default: the day.</summary>
    public string Name { get; init; } = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
