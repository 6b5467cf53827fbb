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
        using var description = ReadJson(folder, "package.json");
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
    /// <exception cref="InvalidDataException">It is no list; the message names the file.</exception>
    public static JsonDocument ReadList(string folder, string fileName)
    {
        var list = ReadJson(folder, fileName);
        return list.RootElement.ValueKind == JsonValueKind.Array ? list : throw new InvalidDataException($"{Path.Combine(folder, fileName)} is no list.");
    }

    /// <summary>Reads a text of a list's entry.</summary>
    /// <param name="fileName">The list, for the message.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="key">The text's key.</param>
    /// <returns>Empty for null.</returns>
    /// <exception cref="InvalidDataException">The entry has no such text.</exception>
    public static string TextOf(string fileName, JsonElement entry, string key) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out var value) && value.ValueKind is (JsonValueKind.String or JsonValueKind.Null)
            ? value.GetString() ?? ""
            : throw new InvalidDataException($"{fileName}: an entry has no text '{key}'. Has the package another form by now?");

    private static JsonDocument ReadJson(string folder, string fileName)
    {
        var path = Path.Combine(folder, fileName);
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} is no JSON: {fault.Message}", fault);
        }
    }
}
