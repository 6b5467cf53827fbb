using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>One segment or adversary of a file.</summary>
/// <param name="Source">What it does.</param>
/// <param name="Share">Of a segment: its share of the honest events. Of an adversary: its share of all events.</param>
/// <param name="IsUnseen">An adversary that is kept out of training.</param>
/// <param name="Figures">Its other figures.</param>
internal sealed record SourceParameters(TrafficSource Source, double Share, bool IsUnseen, FigureSet Figures);
