namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Where the master key of the pseudonyms comes from.</summary>
public sealed class KeyRingOptions
{
    /// <summary>
    /// File with the key ring: JSON, <c>{"epoch": 1, "key": "base64 of 32 bytes"}</c>, readable by its owner alone
    /// (mode 0600 or 0400). Default: none. Either this or <see cref="MasterKey"/> is required.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// The master key itself, base64 of 32 bytes, from the environment
    /// (<c>Antifraud__Keys__MasterKey</c>). Default: none.
    /// </summary>
    public string? MasterKey { get; set; }

    /// <summary>Number of the key's epoch, 1 … 255, when it comes from <see cref="MasterKey"/>. Default: 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>
    /// True: make a random key and write it to <see cref="File"/> if that does not exist. For trying things out on
    /// one machine: a second instance would make another key and never see the first one's windows. Default: false;
    /// refused when the service listens beyond loopback.
    /// </summary>
    public bool CreateIfMissing { get; set; }
}
