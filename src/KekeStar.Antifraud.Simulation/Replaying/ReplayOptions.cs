namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>How a traffic file is replayed.</summary>
/// <param name="Archive">Folder of the archive that is written; made if missing, and empty.</param>
internal sealed record ReplayOptions(string Archive)
{
    /// <summary>Fewest mebibytes for the windows.</summary>
    internal const int LeastStoreMebibytes = 64;

    /// <summary>Most mebibytes for the windows.</summary>
    internal const int MostStoreMebibytes = 256 * 1_024;

    /// <summary>Usual memory for the windows, mebibytes; a million events need about a quarter of it.</summary>
    internal const int UsualStoreMebibytes = 4_096;

    /// <summary>Memory for the windows, mebibytes.</summary>
    internal int StoreMebibytes { get; init; } = UsualStoreMebibytes;

    /// <summary>The policy that decides; null: the shipped one.</summary>
    internal string? Policy { get; init; }
}
