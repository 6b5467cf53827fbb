namespace KekeStar.Antifraud.Intake.References;

/// <summary>What a table's file says of itself.</summary>
/// <param name="Kind">Which table it is.</param>
/// <param name="Date">Date of the data, not of the build.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Source">Where the data comes from, one line.</param>
/// <param name="Licence">What the data may be used under, one line.</param>
internal sealed record TableHeader(TableKind Kind, DateOnly Date, int Entries, string Source, string Licence);
