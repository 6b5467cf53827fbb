using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Rights;

/// <summary>One signal of the contract, wherever it is sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Places">The fields that carry it, as "Message.field", in the order of the contract.</param>
/// <param name="Purposes">What it is read for, each purpose once.</param>
/// <param name="Handling">What is done with the value.</param>
/// <param name="Consent">The category that must be granted.</param>
/// <param name="RetentionDays">How long what is derived from it lives at most; 0: not beyond the request, but for the features of archived decisions.</param>
internal sealed record InventorySignal(
    string Name,
    IReadOnlyList<string> Places,
    IReadOnlyList<InventoryText> Purposes,
    Handling Handling,
    ConsentCategory Consent,
    int RetentionDays)
{
    /// <summary>Where what is derived from it lies.</summary>
    public RetentionClass Retention => RetentionClasses.Of(Handling, RetentionDays);

    /// <summary>What is kept of it at most.</summary>
    public InventoryText Kept => WithFeatures(KeptData.Of(Handling, Retention), ArchivedFeatures.Kept);

    /// <summary>How long that lives at most.</summary>
    public InventoryText Lifetime => WithFeatures(InventoryWords.Days(RetentionDays), ArchivedFeatures.Lifetime);

    /// <summary>Who may see it or what is kept of it.</summary>
    public InventoryText SeenBy => WithFeatures(DataViewers.Of(Handling, Retention), ArchivedFeatures.SeenBy);

    /// <summary>The ground on which it may be read.</summary>
    public InventoryText LegalBasis => LegalBases.Of(Consent);

    private InventoryText WithFeatures(InventoryText own, InventoryText features) =>
        ArchivedFeatures.AreMadeOf(Name, Retention) ? InventoryWords.Join([own, features]) : own;
}
