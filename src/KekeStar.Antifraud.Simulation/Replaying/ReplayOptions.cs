namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>How a traffic file is replayed.</summary>
/// <param name="Archive">Folder of the archive that is written; made if missing, and empty.</param>
internal sealed record ReplayOptions(string Archive)
{
    /// <summary>Fewest mebibytes for the windows.</summary>
    internal const int LeastStoreMebibytes = 64;

    /// <summary>Most mebibytes for the windows.</summary>
    internal const int MostStoreMebibytes = 256 * 1_024;

    /// <summary>Memory for the windows, mebibytes. Default: 4,096; a million events need about a quarter of it.</summary>
    internal int StoreMebibytes { get; init; } = 4_096;

    /// <summary>The policy that decides; null: the shipped one.</summary>
    internal string? Policy { get; init; }
}
