using System.Globalization;
using System.Text.Json;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>An unpacked npm package.</summary>
/// <param name="Source">Name and version, for the table's source.</param>
/// <param name="Licence">The licence that it states.</param>
/// <param name="Date">When this version was published.</param>
internal sealed record PackageFolder(string Source, string Licence, DateOnly Date)
{
    private const string DateFileName = "published";

    /// <summary>Reads what the package says of itself.</summary>
    /// <param name="folder">The folder with package.json.</param>
    /// <exception cref="InvalidDataException">Something is missing; the message says what to do.</exception>
    public static PackageFolder Read(string folder)
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package.json")));
        var root = description.RootElement;

        // Packed files all bear the same date of 1985, so the date has to be handed in.
        var path = Path.Combine(folder, DateFileName);
        if (!File.Exists(path)
            || !DateOnly.TryParseExact(File.ReadAllText(path).Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw new InvalidDataException($"{path} is missing or holds no date. Write the day on which the version was published into it (yyyy-mm-dd).");
        }

        return new PackageFolder($"npm {Text("name")} {Text("version")}", Text("license"), date);

        string Text(string key) => root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InvalidDataException($"{folder}: package.json has no {key}.");
    }

    /// <summary>Reads one of the package's lists of objects.</summary>
    public static JsonDocument ReadList(string folder, string fileName) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, fileName)));
}
