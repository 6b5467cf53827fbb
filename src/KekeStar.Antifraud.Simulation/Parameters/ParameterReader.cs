using System.Text.Json;

namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>Reads an object of a parameter file and knows where it stands.</summary>
internal sealed class ParameterReader
{
    private const string ValueName = "value";
    private const string SourceName = "source";

    private readonly JsonElement _element;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private ParameterReader(JsonElement element, string path)
    {
        Path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ParameterException(path, $"An object is expected, this is {Word(element)}.");
        }

        _element = element;
    }

    /// <summary>Where the object stands.</summary>
    internal string Path { get; }

    /// <summary>The whole file.</summary>
    internal static ParameterReader Root(JsonElement element) => new(element, "$");

    /// <summary>An object inside.</summary>
    internal ParameterReader Object(string name) => new(Member(name), $"{Path}.{name}");

    /// <summary>All objects inside.</summary>
    internal IEnumerable<(string Name, ParameterReader Entry)> Objects()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in _element.EnumerateObject())
        {
            if (!seen.Add(member.Name))
            {
                throw new ParameterException($"{Path}.{member.Name}", "This name stands here twice.");
            }

            yield return (member.Name, new ParameterReader(member.Value, $"{Path}.{member.Name}"));
        }
    }

    /// <summary>A flag that may be left out.</summary>
    internal bool Flag(string name)
    {
        _read.Add(name);
        if (!_element.TryGetProperty(name, out var value))
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new ParameterException($"{Path}.{name}", $"true or false is expected, this is {Word(value)}.");
    }

    /// <summary>Checks a number that can be nothing else.</summary>
    internal void Expect(string name, int value)
    {
        if (Number(Member(name), $"{Path}.{name}") is var seen && seen != value)
        {
            throw new ParameterException($"{Path}.{name}", FormattableString.Invariant($"{value} is expected, this is {seen}."));
        }
    }

    /// <summary>Reads the figures and makes sure that there is nothing else.</summary>
    internal FigureSet Figures(IReadOnlyList<FigureSpec> specs)
    {
        var values = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var spec in specs)
        {
            var figure = Object(spec.Name);
            var value = Number(figure.Member(ValueName), $"{figure.Path}.{ValueName}");
            if (!(value >= spec.Least && value <= spec.Most))
            {
                throw new ParameterException($"{figure.Path}.{ValueName}", FormattableString.Invariant($"{spec.Least} to {spec.Most} is allowed, this is {value}."));
            }

            var source = figure.Member(SourceName);
            if (source.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(source.GetString()))
            {
                throw new ParameterException($"{figure.Path}.{SourceName}", "Where the figure comes from is expected, or \"assumption\".");
            }

            figure.ExpectNoOther();
            values.Add(spec.Name, new Figure(value, source.GetString()!));
        }

        ExpectNoOther();
        return new FigureSet(values);
    }

    /// <summary>Makes sure that there is nothing but what was read.</summary>
    internal void ExpectNoOther()
    {
        foreach (var member in _element.EnumerateObject().Where(member => !_read.Contains(member.Name)))
        {
            throw new ParameterException($"{Path}.{member.Name}", $"There is no such entry here. There are: {string.Join(", ", _read.Order(StringComparer.Ordinal))}.");
        }
    }

    private static double Number(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Number ? element.GetDouble() : throw new ParameterException(path, $"A number is expected, this is {Word(element)}.");

    private static string Word(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private JsonElement Member(string name)
    {
        _read.Add(name);
        return _element.TryGetProperty(name, out var member) ? member : throw new ParameterException($"{Path}.{name}", "This is missing.");
    }
}
