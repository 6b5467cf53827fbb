namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Where the keys of the pseudonyms come from.</summary>
public sealed class KeyRingOptions
{
    /// <summary>
    /// File with the key ring (docs/keys.md), readable by its owner alone (mode 0600 or 0400); <c>antifraud keys create</c>
    /// makes one. Read again when it changes; a wrong file changes nothing. Default: none. This, <see cref="MasterKey"/>
    /// or <see cref="Ring"/> is required; the others go before this.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// One master key, base64 of 32 bytes, from the environment (<c>Antifraud__Keys__MasterKey</c>). It cannot be
    /// rotated. Default: none.
    /// </summary>
    public string? MasterKey { get; set; }

    /// <summary>Number of the key's epoch, 1 … 255, when it comes from <see cref="MasterKey"/>. Default: 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>
    /// The text of a key file, from the environment (<c>Antifraud__Keys__Ring</c>), for secret managers; then
    /// <see cref="MasterKey"/> must be empty. It is read at the start alone. Default: none.
    /// </summary>
    public string? Ring { get; set; }

    /// <summary>
    /// True: make a random key and write it to <see cref="File"/> if that does not exist. For trying things out on
    /// one machine: a second instance would make another key and never see the first one's windows. Default: false;
    /// refused when the service listens beyond loopback.
    /// </summary>
    public bool CreateIfMissing { get; set; }

    /// <summary>How often the file is read for changes, 100 ms to 1 hour. Default: 5 s; a rotation is planned minutes ahead.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
