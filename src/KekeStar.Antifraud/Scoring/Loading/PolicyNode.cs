using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>One object of a policy or model file being read: gives typed members and reports whatever is wrong with them.</summary>
/// <param name="element">The object.</param>
/// <param name="path">Its path; empty for the file itself.</param>
/// <param name="errors">Takes what is wrong.</param>
internal readonly struct PolicyNode(JsonElement element, string path, List<PolicyError> errors)
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Path of a member.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Reports something about a member.</summary>
    public void Report(string name, string seen, string allowed, int column = 0) =>
        errors.Add(new PolicyError(PathOf(name), column, seen, allowed));

    /// <summary>Reports every member that is not named here.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                Report(Short(member.Name), "an unknown member", string.Join(", ", names!));
            }
        }
    }

    /// <summary>A member, or null, reported, if it is missing.</summary>
    public JsonElement? Required(string name, string allowed)
    {
        if (element.TryGetProperty(name, out var value))
        {
            return value;
        }

        Report(name, "nothing", allowed);
        return null;
    }

    /// <summary>A member that is an object, or null, reported.</summary>
    public PolicyNode? Object(string name)
    {
        const string Allowed = "an object";
        if (Required(name, Allowed) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new PolicyNode(value, PathOf(name), errors);
        }

        Report(name, Describe(value), Allowed);
        return null;
    }

    /// <summary>A member that is a whole number in a range, or null, reported.</summary>
    public int? Integer(string name, int minimum, int maximum)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}");
        if (Required(name, allowed) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Report(name, Describe(value), allowed);
        return null;
    }

    /// <summary>A member that is true or false, its default if it is missing.</summary>
    public bool Boolean(string name, bool byDefault)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return byDefault;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Report(name, Describe(value), $"true or false (default {(byDefault ? "true" : "false")})");
        return byDefault;
    }

    /// <summary>A member that is a text of 1 to so many characters, or null, reported.</summary>
    public string? Text(string name, int maximumLength)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a text of 1 to {maximumLength} characters");
        if (Required(name, allowed) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Report(name, Describe(value), allowed);
            return null;
        }

        var text = value.GetString()!;
        if (text.Length >= 1 && text.Length <= maximumLength)
        {
            return text;
        }

        Report(name, string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters"), allowed);
        return null;
    }

    /// <summary>A member that is a name of [a-z0-9_], or null, reported.</summary>
    public string? Name(string name)
    {
        if (Text(name, PolicyLimits.MaxNameLength) is not { } text)
        {
            return null;
        }

        if (!text.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            return text;
        }

        Report(name, $"\"{text}\"", "characters a-z, 0-9 and _");
        return null;
    }

    /// <summary>A member that is one of a few words, or the default value, reported.</summary>
    public T Word<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        var allowed = string.Join(", ", words.Keys);
        if (Required(name, allowed) is not { } value)
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.String && words.TryGetValue(value.GetString()!, out var word))
        {
            return word;
        }

        Report(name, Describe(value), allowed);
        return default;
    }

    /// <summary>True if there is a member of that name.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out _);

    /// <summary>The names of all members.</summary>
    public List<string> Names() => [.. element.EnumerateObject().Select(static member => member.Name)];

    /// <summary>A member that is a number in a range, or null, reported.</summary>
    public double? Number(string name, double minimum, double maximum)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");
        if (Required(name, allowed) is not { } value)
        {
            return null;
        }

        if (IsNumber(value, minimum, maximum, out var number))
        {
            return number;
        }

        Report(name, Describe(value), allowed);
        return null;
    }

    /// <summary>A member that is an array of so many numbers in a range, or null, reported.</summary>
    public double[]? Numbers(string name, int fewest, int most, double minimum, double maximum)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"an array of {Between(fewest, most)} numbers from {minimum} to {maximum}");
        return Array(name, fewest, most, allowed) is not { } items
            ? null
            : Convert(name, items, allowed, (JsonElement item, out double number) => IsNumber(item, minimum, maximum, out number));
    }

    /// <summary>A member that is an array of so many whole numbers in a range, or null, reported.</summary>
    public int[]? Integers(string name, int fewest, int most, int minimum, int maximum)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"an array of {Between(fewest, most)} whole numbers from {minimum} to {maximum}");
        return Array(name, fewest, most, allowed) is not { } items
            ? null
            : Convert(
                name,
                items,
                allowed,
                (JsonElement item, out int number) =>
                {
                    number = 0;
                    return item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out number) && number >= minimum && number <= maximum;
                });
    }

    /// <summary>A member that is an array of so many objects; none, reported, if it is not. Items that are no objects are reported and left out.</summary>
    public List<PolicyNode> Objects(string name, int fewest, int most)
    {
        var nodes = new List<PolicyNode>();
        if (Array(name, fewest, most, string.Create(CultureInfo.InvariantCulture, $"an array of {Between(fewest, most)} objects")) is not { } items)
        {
            return nodes;
        }

        for (var i = 0; i < items.Length; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]");
            if (items[i].ValueKind == JsonValueKind.Object)
            {
                nodes.Add(new PolicyNode(items[i], PathOf(at), errors));
            }
            else
            {
                Report(at, Describe(items[i]), "an object");
            }
        }

        return nodes;
    }

    /// <summary>What stands in a place, cut to a readable length.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Short(value.GetRawText()),
    };

    private static bool IsNumber(JsonElement value, double minimum, double maximum, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && number >= minimum && number <= maximum;
    }

    private static string Between(int fewest, int most) =>
        fewest == most ? most.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{fewest} to {most}");

    private static string Short(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");

    private JsonElement[]? Array(string name, int fewest, int most, string allowed)
    {
        if (Required(name, allowed) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Report(name, Describe(value), allowed);
            return null;
        }

        var length = value.GetArrayLength();
        if (length >= fewest && length <= most)
        {
            return [.. value.EnumerateArray()];
        }

        Report(name, string.Create(CultureInfo.InvariantCulture, $"{length} items"), allowed);
        return null;
    }

    private T[]? Convert<T>(string name, JsonElement[] items, string allowed, Reading<T> read)
    {
        var values = new T[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!read(items[i], out values[i]))
            {
                Report(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), Describe(items[i]), allowed);
                return null;
            }
        }

        return values;
    }

    private delegate bool Reading<T>(JsonElement item, out T value);
}
