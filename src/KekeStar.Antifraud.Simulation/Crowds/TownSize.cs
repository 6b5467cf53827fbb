namespace KekeStar.Antifraud.Simulation.Crowds;

/// <summary>How large a town is.</summary>
/// <param name="Residents">People with accounts.</param>
/// <param name="Newcomers">People who register.</param>
/// <param name="Buyers">People who come to the day of sale.</param>
internal sealed record TownSize(int Residents, int Newcomers, int Buyers);
