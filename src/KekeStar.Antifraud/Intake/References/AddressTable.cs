using KekeStar.Antifraud.Intake.References.Addresses;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Country, autonomous system and hosting of IP addresses. Immutable, shared by all threads; a lookup allocates nothing.
/// Sources, licences and limits: docs/addresses.md.
/// </summary>
internal sealed class AddressTable
{
    /// <summary>Name of the compact table, as resource of this library and in the folder of tables.</summary>
    internal const string FileName = "addresses.bin";

    private readonly AddressMap<AddressFacts> _map;

    /// <summary>Makes a table.</summary>
    /// <param name="map">The facts of every address.</param>
    /// <param name="built">See <see cref="Built"/>.</param>
    /// <param name="source">Where the data comes from, one line.</param>
    /// <param name="licence">What the data may be used under, one line.</param>
    internal AddressTable(AddressMap<AddressFacts> map, DateOnly built, string source, string licence)
    {
        _map = map;
        Header = new TableHeader(TableKind.Addresses, built, map.Count, source, licence);
    }

    /// <summary>What the table says of itself; its entries are the ranges.</summary>
    internal TableHeader Header { get; }

    /// <summary>Day of the oldest of its data, UTC.</summary>
    internal DateOnly Built => Header.Date;

    /// <summary>Number of ranges of IPv4 and IPv6 together, those of which nothing is known included.</summary>
    internal int Count => _map.Count;

    /// <summary>The facts of every address, for those who write or join tables.</summary>
    internal AddressMap<AddressFacts> Map => _map;

    /// <summary>Looks an address up.</summary>
    /// <param name="address16">16 bytes, IPv4 in its mapped form, as ClientAddress.TryParse writes it.</param>
    /// <param name="isIPv4">What TryParse said.</param>
    /// <returns>The default value if no register covers the address.</returns>
    internal AddressFacts Find(ReadOnlySpan<byte> address16, bool isIPv4) => _map.Find(address16, isIPv4);

    /// <summary>Reads the table that ships with this library.</summary>
    internal static AddressTable LoadEmbedded()
    {
        using var stream = typeof(AddressTable).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidDataException($"The resource {FileName} is missing.");
        return Load(stream, FileName);
    }

    /// <summary>Reads a compact table.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It is not such a table, or damaged.</exception>
    internal static AddressTable Load(Stream source, string name) => AddressTableFile.Read(source, name);

    /// <summary>Writes the compact table.</summary>
    internal void Save(Stream destination) => AddressTableFile.Write(destination, this);
}
