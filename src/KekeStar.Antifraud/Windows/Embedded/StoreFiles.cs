namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>The two files that records lie in, once Garnet has asked for them; null in a store without files.</summary>
internal sealed class StoreFiles
{
    /// <summary>The record log.</summary>
    public StoreFile? RecordLog { get; set; }

    /// <summary>The append-only file.</summary>
    public StoreFile? AppendLog { get; set; }
}
