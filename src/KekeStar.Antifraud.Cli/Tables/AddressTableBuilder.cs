using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.References.Addresses;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Builds the compact address table (addresses.bin) from the public registers' files.</summary>
internal static class AddressTableBuilder
{
    /// <summary>Reads the files and makes the table.</summary>
    /// <returns>The table; its day is that of the oldest MaxMind DB file, as the text files have none.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or not of its kind; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static BuiltTable Build(AddressFiles files)
    {
        var (countries, built) = CountrySource.Read(files.Country);
        AddressMap<uint> asns;
        if (files.Asns is [var file] && !IsText(file))
        {
            (asns, var asnBuilt) = AsnSource.Read(file);
            built = asnBuilt < built ? asnBuilt : built;
        }
        else if (files.Asns.All(IsText))
        {
            asns = AsnSource.ReadText([.. files.Asns]);
        }
        else
        {
            throw new InvalidDataException("--asn is one MaxMind DB file, or text files (.csv) only.");
        }

        using var reader = new StreamReader(files.Hosting);
        var hosts = HostingAsns.Read(reader, files.Hosting);
        var table = new AddressTable(
            countries.Join(asns, (country, asn) => new AddressFacts(asn, country, hosts.Contains(asn))),
            built,
            files.Source ?? string.Join(", ", new List<string>([files.Country, .. files.Asns, files.Hosting]).Select(Path.GetFileName)),
            files.Licence ?? "see the files");
        using var stream = new MemoryStream();
        table.Save(stream);
        return new BuiltTable(table.Header, stream.ToArray());
    }

    private static bool IsText(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
}
