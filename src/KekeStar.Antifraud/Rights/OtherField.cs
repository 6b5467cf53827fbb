namespace KekeStar.Antifraud.Rights;

/// <summary>A field of a request that is no signal about a person.</summary>
/// <param name="Place">The field, as "Message.field".</param>
/// <param name="Use">What it is read for and what is kept of it.</param>
internal sealed record OtherField(string Place, InventoryText Use);
