namespace KekeStar.Antifraud.Archive.Receipts;

/// <summary>Something of a record that does not follow from the rest of it.</summary>
/// <param name="Column">The column of the archive.</param>
/// <param name="Recorded">What it says.</param>
/// <param name="Derived">What comes out.</param>
internal sealed record ReceiptDifference(string Column, string Recorded, string Derived);
