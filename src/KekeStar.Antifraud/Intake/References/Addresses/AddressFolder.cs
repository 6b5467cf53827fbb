using System.Collections.Frozen;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>
/// Reads the address data of a folder that operators keep: addresses.bin, or any of country.mmdb, asn.mmdb (or the
/// texts asn-ipv4.csv and asn-ipv6.csv) and hosting-asns.tsv. What the folder lacks comes from the table before.
/// </summary>
internal static class AddressFolder
{
    /// <summary>Reads the folder.</summary>
    /// <param name="folder">An existing folder; it may hold other files.</param>
    /// <param name="before">The table to fill up from, usually the one that ships with this library.</param>
    /// <returns><paramref name="before"/> itself if the folder has no address data.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or not of its kind; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static AddressTable Load(string folder, AddressTable before)
    {
        var table = Path.Combine(folder, AddressTable.FileName);
        if (File.Exists(table))
        {
            using var stream = File.OpenRead(table);
            before = AddressTable.Load(stream, table);
        }

        var country = Path.Combine(folder, CountrySource.FileName);
        var asn = Path.Combine(folder, AsnSource.FileName);
        var asnTexts = new[] { Path.Combine(folder, AsnSource.IPv4TextName), Path.Combine(folder, AsnSource.IPv6TextName) };
        var hosting = Path.Combine(folder, HostingAsns.FileName);

        var built = before.Built;
        var map = before.Map;
        if (File.Exists(country))
        {
            (var countries, built) = CountrySource.Read(country);
            map = map.Join(countries, static (facts, code) => facts with { Country = code });
        }

        AddressMap<uint>? asns = null;
        if (File.Exists(asn))
        {
            (asns, var asnBuilt) = AsnSource.Read(asn);
            built = asnBuilt < built ? asnBuilt : built;
        }
        else if (Array.TrueForAll(asnTexts, File.Exists))
        {
            asns = AsnSource.ReadText(asnTexts);
        }

        if (asns is null && !File.Exists(hosting))
        {
            return ReferenceEquals(map, before.Map) ? before : Mixed(map, built, before, Present(country));
        }

        var hosts = File.Exists(hosting) ? ReadHosting(hosting) : HostingAsns.ReadShipped();
        return Mixed(WithAsns(map, asns, hosts), built, before, Present([country, asn, .. asns is null || File.Exists(asn) ? [] : asnTexts, hosting]));
    }

    private static string Present(params string[] paths) => string.Join(", ", paths.Where(File.Exists).Select(Path.GetFileName));

    private static AddressTable Mixed(AddressMap<AddressFacts> map, DateOnly built, AddressTable before, string files) =>
        new(map, built, $"{files} of the folder; the rest: {before.Header.Source}", $"see the files; the rest: {before.Header.Licence}");

    /// <summary>Puts other autonomous systems into a map, and marks those that host.</summary>
    /// <param name="map">The map.</param>
    /// <param name="asns">The autonomous systems; null keeps those of the map.</param>
    /// <param name="hosts">Those that host.</param>
    internal static AddressMap<AddressFacts> WithAsns(AddressMap<AddressFacts> map, AddressMap<uint>? asns, FrozenSet<uint> hosts) => asns is null
        ? map.Join(map, (facts, _) => facts with { IsHosting = hosts.Contains(facts.Asn) })
        : map.Join(asns, (facts, asn) => facts with { Asn = asn, IsHosting = hosts.Contains(asn) });

    private static FrozenSet<uint> ReadHosting(string path)
    {
        using var reader = new StreamReader(path);
        return HostingAsns.Read(reader, path);
    }
}
