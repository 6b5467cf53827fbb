using System.Collections;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// Which countries lie so far apart that nobody gets from one to the other within an hour: 900 km, which an airliner
/// flies in an hour, from one's nearest point to the other's. Source: near-countries.tsv.
/// </summary>
internal static class CountryDistances
{
    /// <summary>Name of the table among the resources of this library.</summary>
    internal const string ResourceName = "near-countries.tsv";

    /// <summary>One more than the largest number of a country.</summary>
    internal const int Codes = 677;

    private static readonly BitArray Known = new(Codes);
    private static readonly BitArray Near = Load();

    /// <summary>True if both countries are in the table and at least 900 km apart.</summary>
    public static bool AreFarApart(CountryCode left, CountryCode right) =>
        Known[left.Value] && Known[right.Value] && left != right && !Near[Place(left, right)];

    /// <summary>True if the table covers a country.</summary>
    public static bool Covers(CountryCode country) => Known[country.Value];

    private static int Place(CountryCode left, CountryCode right) =>
        (Math.Min(left.Value, right.Value) * Codes) + Math.Max(left.Value, right.Value);

    private static BitArray Load()
    {
        using var stream = typeof(CountryDistances).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"The resource {ResourceName} is missing.");
        using var reader = new StreamReader(stream);
        var near = new BitArray(Codes * Codes);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var fields = line.Split('\t');
            var country = Read(fields[0]);
            Known[country.Value] = true;
            foreach (var other in fields[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                near[Place(country, Read(other))] = true;
            }
        }

        return near;
    }

    private static CountryCode Read(string code)
    {
        var country = CountryCode.Of(code);
        return country.IsKnown ? country : throw new InvalidDataException($"{ResourceName} names a country that is none.");
    }
}
