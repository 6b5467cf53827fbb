using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.References.Addresses;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Builds the compact address table (addresses.bin) from the public registers' files.</summary>
internal static class AddressTableBuilder
{
    /// <summary>Reads the files and makes the table.</summary>
    /// <param name="countryFile">A MaxMind DB file with the country of each network.</param>
    /// <param name="asnFiles">One MaxMind DB file with the autonomous system of each network, or text files (.csv), IPv4 before IPv6.</param>
    /// <param name="hostingFile">The list of hosting-asns.tsv's form.</param>
    /// <returns>The table; its day is that of the oldest MaxMind DB file, as the text files have none.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or not of its kind; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static AddressTable Build(string countryFile, IReadOnlyList<string> asnFiles, string hostingFile)
    {
        var (countries, built) = CountrySource.Read(countryFile);
        AddressMap<uint> asns;
        if (asnFiles is [var file] && !file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            (asns, var asnBuilt) = AsnSource.Read(file);
            built = asnBuilt < built ? asnBuilt : built;
        }
        else
        {
            asns = AsnSource.ReadText([.. asnFiles]);
        }

        using var reader = new StreamReader(hostingFile);
        var hosts = HostingAsns.Read(reader, hostingFile);
        return new(
            countries.Join(asns, (country, asn) => new AddressFacts(asn, country, hosts.Contains(asn))),
            built);
    }

    /// <summary>Reads the files and writes the table.</summary>
    /// <param name="countryFile">See the other method.</param>
    /// <param name="asnFiles">See the other method.</param>
    /// <param name="hostingFile">See the other method.</param>
    /// <param name="output">The file to write; an older one is replaced.</param>
    /// <returns>The table that was written.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or not of its kind; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal static AddressTable Build(string countryFile, IReadOnlyList<string> asnFiles, string hostingFile, string output)
    {
        var table = Build(countryFile, asnFiles, hostingFile);
        using var stream = File.Create(output);
        table.Save(stream);
        return table;
    }
}
