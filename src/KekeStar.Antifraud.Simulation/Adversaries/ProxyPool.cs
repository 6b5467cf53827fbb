using KekeStar.Antifraud.Simulation.People;
using KekeStar.Antifraud.Simulation.Traffic;

namespace KekeStar.Antifraud.Simulation.Adversaries;

/// <summary>Addresses that an adversary rents: of data centres, or of homes.</summary>
internal sealed class ProxyPool
{
    private const int AddressesOfBlock = 24;

    private readonly List<AccessNetwork> _networks = [];
    private readonly Random _random;

    /// <summary>Rents a pool.</summary>
    /// <param name="stage">The adversary.</param>
    /// <param name="blocks">Number of /24s.</param>
    /// <param name="hosting">Share of them that are of data centres.</param>
    /// <param name="accessPoint">The access point that the phones see; null: the first block's phones are said to be on mobile data.</param>
    internal ProxyPool(Stage stage, int blocks, double hosting, string? accessPoint)
    {
        _random = stage.Random;
        var addresses = stage.World.Addresses;
        for (var block = 0; block < blocks; block++)
        {
            var rented = stage.Chance(hosting) ? addresses.BlockOfHosting() : addresses.Block();
            _networks.Add(new AccessNetwork(accessPoint, AddressBook.In(rented, AddressesOfBlock)));
        }
    }

    /// <summary>One of them by chance.</summary>
    internal AccessNetwork Next() => _networks[_random.Next(_networks.Count)];
}
