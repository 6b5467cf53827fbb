namespace KekeStar.Antifraud.Simulation.People;

/// <summary>A network of the table.</summary>
internal sealed record Network(string Mcc, string Mnc, ushort Country, byte Operator);
