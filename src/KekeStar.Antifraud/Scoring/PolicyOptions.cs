namespace KekeStar.Antifraud.Scoring;

/// <summary>Where the policy comes from.</summary>
public sealed class PolicyOptions
{
    /// <summary>
    /// Path of the policy file, for a policy that is kept under version control; pages then do not publish. Default: empty, the newest
    /// version in <see cref="Directory"/>; while there is none, the policy that ships with the library.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Folder of the drafts and published versions of the policy, made by the first draft (mode 0700). Empty: nobody edits the policy
    /// here. Default: <c>data/policy</c> below the working directory. Instances that share it share the policy.
    /// </summary>
    public string Directory { get; set; } = System.IO.Path.Combine("data", "policy");

    /// <summary>
    /// How often the file or the folder is read for changes, 100 ms to 1 hour. Default: 2 s, soon enough for a person who waits for
    /// it; polling also sees files replaced through a mounted volume, which change notifications miss.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);
}
