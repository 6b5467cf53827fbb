using KekeStar.Antifraud.Simulation.People;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>What the accounts of one campaign have in common.</summary>
/// <param name="Next">Makes the next account, and where its events come from.</param>
/// <param name="Motion">What the sensors are made to say.</param>
internal sealed record BotCampaign(Func<(Person Person, Func<AccessNetwork> Network)> Next, Func<MotionReading?> Motion);
