namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>The bounds of a model file, each with its reason.</summary>
internal static class ModelLimits
{
    /// <summary>Largest file: 16 MiB, room for <see cref="MaxTrees"/> of <see cref="MaxLeaves"/> for each risk.</summary>
    public const int MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>Version of the format that this build reads.</summary>
    public const int Format = 1;

    /// <summary>Most inputs: 1,024, more than there are features and scenes.</summary>
    public const int MaxInputs = 1_024;

    /// <summary>Most trees of one risk: 500, so that an event's evaluation stays within microseconds.</summary>
    public const int MaxTrees = 500;

    /// <summary>Most leaves of a tree: 64, as many as a machine word has bits, one for each leaf that may still be the exit.</summary>
    public const int MaxLeaves = 64;

    /// <summary>Deepest tree: 32 decisions, so that the explanation's path fits the stack.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most points of a calibration curve: 512, finer than any calibration set supports.</summary>
    public const int MaxCalibrationPoints = 512;

    /// <summary>Most edges between the bins of an input: 32; population stability is asked of about ten.</summary>
    public const int MaxEdges = 32;

    /// <summary>Most points that a policy lets a model add: 1000, the whole scale.</summary>
    public const int MaxPoints = PolicyLimits.MaxScore;

    /// <summary>Models that are kept in memory: 8; a policy names two, and its drafts a few others.</summary>
    public const int MaxKept = 8;

    /// <summary>Most facts about the training: 64, for people.</summary>
    public const int MaxFacts = 64;
}
