using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>One object of a policy file being read: gives typed members and reports whatever is wrong with them.</summary>
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

    /// <summary>What stands in a place, cut to a readable length.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
}
