namespace KekeStar.Antifraud.Scoring;

/// <summary>Where the policy comes from.</summary>
public sealed class PolicyOptions
{
    /// <summary>Path of the policy file. Default: empty, the policy that ships with the library, which never changes.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// How often the file is read for changes, 100 ms to 1 hour. Default: 2 s, soon enough for a person who waits for
    /// it; polling also sees files replaced through a mounted volume, which change notifications miss.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);
}
