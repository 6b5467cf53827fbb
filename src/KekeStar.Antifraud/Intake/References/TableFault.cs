namespace KekeStar.Antifraud.Intake.References;

/// <summary>Says what is wrong with a table's file, where, and what to do.</summary>
internal static class TableFault
{
    /// <summary>Makes the exception.</summary>
    /// <param name="place">What the file is called.</param>
    /// <param name="what">What is wrong, without a full stop.</param>
    internal static InvalidDataException At(string place, string what) => new(
        $"{place} cannot be used: {what}. Build it again ('antifraud tables build'), or remove it to have the table that ships with the service.");
}
