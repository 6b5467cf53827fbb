namespace KekeStar.Antifraud.Simulation.People;

/// <summary>Head of card numbers in the table.</summary>
internal sealed record Card(string Head, ushort Country, byte Operator);
