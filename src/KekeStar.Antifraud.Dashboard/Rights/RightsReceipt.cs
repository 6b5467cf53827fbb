using KekeStar.Antifraud.Dashboard.Lists;

namespace KekeStar.Antifraud.Dashboard.Rights;

/// <summary>What came of a request.</summary>
/// <param name="Result">How it ended.</param>
internal sealed record RightsReceipt(DeskResult Result)
{
    /// <summary>Handle of the line in the audit log; empty: it did not end well.</summary>
    public string ReceiptId { get; init; } = "";

    /// <summary>Records removed from the window logs.</summary>
    public long Records { get; init; }

    /// <summary>Logs changed.</summary>
    public long Logs { get; init; }

    /// <summary>List entries removed.</summary>
    public long ListEntries { get; init; }

    /// <summary>The document of an export, JSON in UTF-8; empty: none.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }
}
