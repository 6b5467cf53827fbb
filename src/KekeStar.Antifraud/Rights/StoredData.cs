namespace KekeStar.Antifraud.Rights;

/// <summary>A kind of data that the service keeps, made of the signals.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Key">Where it lies and how it is found.</param>
/// <param name="Content">What it holds.</param>
/// <param name="Lifetime">How long it lives.</param>
/// <param name="Purpose">What it is kept for.</param>
/// <param name="SeenBy">Who may see it.</param>
internal sealed record StoredData(
    InventoryText Name,
    InventoryText Key,
    InventoryText Content,
    InventoryText Lifetime,
    InventoryText Purpose,
    InventoryText SeenBy);
