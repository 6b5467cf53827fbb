namespace KekeStar.Antifraud.Intake.References.Addresses;

/// <summary>The country of each network, from a MaxMind DB file.</summary>
internal static class CountrySource
{
    /// <summary>Name of the file in the folder of tables.</summary>
    internal const string FileName = "country.mmdb";

    private const string Code = "country_code";
    private const string NestedCode = "iso_code";

    /// <summary>Keys of the nested form, in the order of preference.</summary>
    private static readonly string[] Parents = ["country", "registered_country"];

    /// <summary>Reads a file of either usual form: country_code (ip-location-db), or country.iso_code (MaxMind, DB-IP).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">See <see cref="AddressDatabase.Read"/>; also if not one network has a country.</exception>
    internal static (AddressMap<CountryCode> Map, DateOnly Built) Read(string path)
    {
        var (map, built) = AddressDatabase.Read(path, CountryOf);
        return map.IsEmpty
            ? throw new InvalidDataException($"{path}: no network has {Code} or {Parents[0]}.{NestedCode} of two letters.")
            : (map, built);
    }

    private static CountryCode CountryOf(Dictionary<string, object> data)
    {
        if (data.TryGetValue(Code, out var flat))
        {
            return CountryCode.Of(flat as string);
        }

        foreach (var parent in Parents)
        {
            if (data.TryGetValue(parent, out var value) && value is Dictionary<string, object> nested
                && nested.TryGetValue(NestedCode, out var code))
            {
                return CountryCode.Of(code as string);
            }
        }

        return default;
    }
}
