namespace KekeStar.Antifraud.Windows.Journals;

/// <summary>Which journal it is.</summary>
/// <param name="Key">Its store key.</param>
/// <param name="Name">What log messages call its entries, in the plural.</param>
/// <param name="TimeToLive">How long it lives after its last line; no entry outlives that.</param>
internal sealed record JournalName(byte[] Key, string Name, TimeSpan TimeToLive);
