namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>
/// The keys that gateways seal identifiers with. Without any, a request with sealed_identifiers is refused and others
/// are not.
/// </summary>
public sealed class SealingKeyOptions
{
    /// <summary>
    /// File with the keys: JSON, <c>{"keys": [{"id": 1, "key": "base64 of 32 bytes"}]}</c>, readable by its owner alone
    /// (mode 0600 or 0400); <c>antifraud sealing create</c> makes one. Read again when it changes; a wrong file changes
    /// nothing. Default: none.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// The text of such a file, from the environment (<c>Antifraud__Sealing__Keys</c>); then <see cref="File"/> must be
    /// empty. Default: none.
    /// </summary>
    public string? Keys { get; set; }

    /// <summary>How often the file is read for changes, 100 ms to 1 hour. Default: 2 s, as for the policy.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);
}
