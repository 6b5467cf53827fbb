namespace KekeStar.Antifraud.Learning.Data;

/// <summary>The bounds of learning, each with its reason.</summary>
internal static class LearningLimits
{
    /// <summary>Most events that are held: 5 million, some 9 GB of memory while trees grow; one million took 2.3 GB.</summary>
    public const int MaxEvents = 5_000_000;

    /// <summary>Fewest events of each risk, and fewest honest ones, to train on: 100, the least leaf of a tree; a risk with fewer could be no leaf of its own.</summary>
    public const int MinimumTraining = 100;

    /// <summary>Fewest of each to calibrate on: 20; below it the highest probability says next to nothing.</summary>
    public const int MinimumCalibration = 20;

    /// <summary>Memory of reading the archive, bytes: 2 GiB; one hour of rows and the known decisions.</summary>
    public const long ReadingMemoryBytes = 2L * 1024 * 1024 * 1024;
}
