using System.Globalization;
using System.Net;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>Hands out networks of China that are no data centre's, by the shipped table, each /24 once.</summary>
internal sealed class AddressBook(Random random)
{
    private const int HouseholdsPerBlock = 60;
    private const int CarrierBlocks = 24;

    // TP-Link, Huawei, Xiaomi, ZTE and Tenda: prefixes of the IEEE's register that their routers carry.
    private static readonly string[] Routers = ["50:c7:bf", "14:cf:92", "00:e0:fc", "28:6c:07", "34:ce:00", "00:19:c6", "c8:3a:35"];

    private static readonly CountryCode China = CountryCode.Of("CN");

    private readonly HashSet<string> _taken = [];
    private readonly List<AccessNetwork> _carriers = [];
    private string _homes = "";
    private int _households;

    /// <summary>The first three parts of a /24 in China that nobody has yet.</summary>
    internal string Block() => Block(static facts => facts.Country == China && !facts.IsHosting);

    /// <summary>The first three parts of a /24 of an access network abroad.</summary>
    internal string BlockAbroad() => Block(static facts => facts.Country != China && facts.Country.Value != 0 && !facts.IsHosting);

    /// <summary>The first three parts of a /24 of a data centre anywhere.</summary>
    internal string BlockOfHosting() => Block(static facts => facts.IsHosting);

    /// <summary>Addresses of a block, from .1 on.</summary>
    internal static string[] In(string block, int count) =>
        [.. Enumerable.Range(1, count).Select(last => string.Create(CultureInfo.InvariantCulture, $"{block}.{last}"))];

    /// <summary>A household's Wi-Fi: an address of its own in a block shared with some other households of the town.</summary>
    internal AccessNetwork Home()
    {
        if (_households % HouseholdsPerBlock == 0)
        {
            _homes = Block();
        }

        return new AccessNetwork(AccessPoint(), string.Create(CultureInfo.InvariantCulture, $"{_homes}.{10 + (_households++ % HouseholdsPerBlock)}"));
    }

    /// <summary>A household's Wi-Fi in a given block.</summary>
    internal AccessNetwork HomeIn(string block) =>
        new(AccessPoint(), string.Create(CultureInfo.InvariantCulture, $"{block}.{random.Next(2, 255)}"));

    /// <summary>A region of a cellular network: a few addresses of its carrier, shared by all its subscribers.</summary>
    internal AccessNetwork Carrier()
    {
        if (_carriers.Count < CarrierBlocks)
        {
            _carriers.Add(new AccessNetwork(null, In(Block(), 48)));
        }

        return _carriers[random.Next(_carriers.Count)];
    }

    /// <summary>MAC address of a router.</summary>
    internal string AccessPoint() => string.Create(
        CultureInfo.InvariantCulture, $"{Routers[random.Next(Routers.Length)]}:{random.Next(256):x2}:{random.Next(256):x2}:{random.Next(256):x2}");

    private string Block(Func<AddressFacts, bool> wanted)
    {
        while (true)
        {
            var block = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}");
            if (wanted(FactsOf(block + ".1")) && wanted(FactsOf(block + ".254")) && _taken.Add(block))
            {
                return block;
            }
        }
    }

    private static AddressFacts FactsOf(string address) =>
        ReferenceTables.Embedded.Addresses.Find(IPAddress.Parse(address).MapToIPv6().GetAddressBytes(), isIPv4: true);
}
