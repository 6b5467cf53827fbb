using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>Somebody with an account, a phone, networks and an opinion on what the app may read.</summary>
/// <param name="Account">The account.</param>
/// <param name="Handset">The phone.</param>
/// <param name="Home">Where the person mostly is.</param>
/// <param name="Road">The network on the way.</param>
/// <param name="Granted">What the app may read.</param>
internal sealed record Person(
    string Account, Handset Handset, AccessNetwork Home, AccessNetwork Road, IReadOnlyList<ConsentCategory> Granted);
