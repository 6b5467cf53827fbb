using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>A family of metrics in Prometheus' text format.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Labels">Every label that any of its series has, in order, without those that the exporter adds.</param>
internal sealed partial record ExposedFamily(string Name, string Type, IReadOnlyList<string> Labels)
{
    private const int TimeoutMilliseconds = 1_000;

    /// <summary>Reads what /metrics answers, without what tells of the exporter itself.</summary>
    public static IReadOnlyList<ExposedFamily> Parse(string text)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var labels = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var family = "";
        foreach (var line in text.Split('\n'))
        {
            if (TypeLine().Match(line) is { Success: true } type)
            {
                family = type.Groups["name"].Value;
                types[family] = type.Groups["type"].Value;
                labels.TryAdd(family, new SortedSet<string>(StringComparer.Ordinal));
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                Assert.StartsWith(family, line, StringComparison.Ordinal);
                labels[family].UnionWith(Label().Matches(line).Select(static label => label.Groups["name"].Value).Where(static name => !IsAdded(name)));
            }
        }

        return [.. types.Where(static type => type.Key != "target_info").Select(type => new ExposedFamily(type.Key, type.Value, [.. labels[type.Key]]))];
    }

    private static bool IsAdded(string label) => label == "le" || label.StartsWith("otel_scope_", StringComparison.Ordinal);

    [GeneratedRegex(@"^# TYPE (?<name>\w+) (?<type>\w+)", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex TypeLine();

    [GeneratedRegex("[{,](?<name>\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Label();
}
