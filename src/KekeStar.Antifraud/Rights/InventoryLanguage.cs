namespace KekeStar.Antifraud.Rights;

/// <summary>Languages of the data inventory.</summary>
internal enum InventoryLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Simplified Chinese.</summary>
    Chinese,
}
