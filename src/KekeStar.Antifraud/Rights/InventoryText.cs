namespace KekeStar.Antifraud.Rights;

/// <summary>One text of the data inventory in both languages. What stands between backquotes is a name and the same in both.</summary>
/// <param name="English">In English.</param>
/// <param name="Chinese">In Simplified Chinese.</param>
internal sealed record InventoryText(string English, string Chinese)
{
    /// <summary>The text in one language.</summary>
    public string In(InventoryLanguage language) => language == InventoryLanguage.Chinese ? Chinese : English;
}
