using System.Globalization;
using System.Net;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>The autonomous system of each network, from a MaxMind DB file or from ip-location-db's two text files.</summary>
internal static class AsnSource
{
    /// <summary>Name of the database in the folder of tables.</summary>
    internal const string FileName = "asn.mmdb";

    /// <summary>Name of the text file of IPv4; it is read if there is no <see cref="FileName"/>.</summary>
    internal const string IPv4TextName = "asn-ipv4.csv";

    /// <summary>Name of the text file of IPv6.</summary>
    internal const string IPv6TextName = "asn-ipv6.csv";

    private const string Number = "autonomous_system_number";

    /// <summary>Reads a database.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">See <see cref="AddressDatabase.Read"/>; also if not one network has a number.</exception>
    internal static (AddressMap<uint> Map, DateOnly Built) Read(string path)
    {
        var (map, built) = AddressDatabase.Read(
            path,
            static data => data.TryGetValue(Number, out var value) ? Convert.ToUInt32(value, CultureInfo.InvariantCulture) : 0);
        return map.IsEmpty ? throw new InvalidDataException($"{path}: no network has {Number}.") : (map, built);
    }

    /// <summary>Reads the text files: first address, last address, number, and a name that is not read.</summary>
    /// <param name="paths">The files; each family ascending.</param>
    /// <exception cref="InvalidDataException">A line is not of the form; the message names file and line.</exception>
    internal static AddressMap<uint> ReadText(params ReadOnlySpan<string> paths)
    {
        var builder = new AddressMapBuilder<uint>();
        foreach (var path in paths)
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (!TryAdd(builder, line))
                {
                    throw new InvalidDataException($"{path}, line {number}: not first address, last address, number, in ascending order.");
                }
            }
        }

        return builder.Build();
    }

    private static bool TryAdd(AddressMapBuilder<uint> builder, ReadOnlySpan<char> line)
    {
        Span<Range> columns = stackalloc Range[4];
        return line.Split(columns, ',') >= 3
            && IPAddress.TryParse(line[columns[0]], out var first)
            && IPAddress.TryParse(line[columns[1]], out var last)
            && uint.TryParse(line[columns[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var asn)
            && builder.TryAdd(first, last, asn);
    }
}
