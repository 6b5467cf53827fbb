using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>One table of the inventory as text; names stand between backquotes.</summary>
/// <param name="Id">Short name, for links.</param>
/// <param name="Title">Its title.</param>
/// <param name="Columns">Its column headings.</param>
/// <param name="Rows">Its rows; the first cell heads the row.</param>
internal sealed record InventoryTable(
    string Id, InventoryText Title, IReadOnlyList<InventoryText> Columns, IReadOnlyList<IReadOnlyList<InventoryText>> Rows)
{
    /// <summary>All tables, in the order in which they are shown.</summary>
    public static IReadOnlyList<InventoryTable> All { get; } =
    [
        new("signals", InventoryWords.Signals, InventoryWords.SignalColumns, [.. DataInventory.Signals.Select(Row)]),
        new("grounds", InventoryWords.Grounds, InventoryWords.GroundColumns, [.. Categories().Select(Row)]),
        new("stored", InventoryWords.Stored, InventoryWords.StoredColumns, [.. StoredDataList.All.Select(Row)]),
        new("others", InventoryWords.Others, InventoryWords.OtherColumns, [.. OtherFields.All.Select(Row)]),
    ];

    private static IEnumerable<ConsentCategory> Categories() => Enum.GetValues<ConsentCategory>().Where(category => category != ConsentCategory.Unspecified);

    private static IReadOnlyList<InventoryText> Row(InventorySignal signal) =>
    [
        Name(signal.Name),
        InventoryWords.Join(signal.Places.Select(Name)),
        InventoryWords.Join(signal.Purposes),
        LegalBases.NameOf(signal.Consent),
        signal.Kept,
        signal.Lifetime,
        signal.SeenBy,
    ];

    private static IReadOnlyList<InventoryText> Row(ConsentCategory category) => [LegalBases.NameOf(category), LegalBases.Of(category)];

    private static IReadOnlyList<InventoryText> Row(StoredData data) => [data.Name, data.Key, data.Content, data.Lifetime, data.Purpose, data.SeenBy];

    private static IReadOnlyList<InventoryText> Row(OtherField field) => [Name(field.Place), field.Use];

    private static InventoryText Name(string name) => new($"`{name}`", $"`{name}`");
}
