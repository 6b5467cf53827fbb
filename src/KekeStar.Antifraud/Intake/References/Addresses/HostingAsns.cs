using System.Collections.Frozen;
using System.Globalization;

namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>The autonomous systems known to rent out machines. The form of the file is described at its head.</summary>
internal static class HostingAsns
{
    /// <summary>Name of the file in the folder of tables, and of the resource that ships with this library.</summary>
    internal const string FileName = "hosting-asns.tsv";

    /// <summary>Reads the list that ships with this library.</summary>
    internal static FrozenSet<uint> ReadShipped()
    {
        using var stream = typeof(HostingAsns).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidDataException($"The resource {FileName} is missing.");
        using var reader = new StreamReader(stream);
        return Read(reader, FileName);
    }

    /// <summary>Reads a list.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">A line has no number, or one is listed twice; the message names the line.</exception>
    internal static FrozenSet<uint> Read(TextReader reader, string source)
    {
        var asns = new HashSet<uint>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!uint.TryParse(line.Split('\t')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var asn) || asn == 0)
            {
                throw new InvalidDataException($"{source}, line {number}: a line begins with the number of an autonomous system and a tab.");
            }

            if (!asns.Add(asn))
            {
                throw new InvalidDataException($"{source}, line {number}: {asn} is listed twice.");
            }
        }

        return asns.ToFrozenSet();
    }
}
