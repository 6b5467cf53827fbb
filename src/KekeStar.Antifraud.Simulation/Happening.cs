using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation;

/// <summary>An event of the world, and what its request does not tell.</summary>
/// <param name="Number">Number of the event in its world, from 1.</param>
/// <param name="Actor">The crowd or attack that it belongs to.</param>
/// <param name="Time">When.</param>
/// <param name="Request">What the service is asked.</param>
/// <param name="Handset">The phone that it comes from, or that it pretends to come from.</param>
internal sealed record Happening(long Number, string Actor, DateTimeOffset Time, ScoreRequest Request, Handset Handset);
