using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>A metric of docs/metrics.md.</summary>
/// <param name="Name">Its name as Prometheus has it.</param>
/// <param name="Type">counter, gauge or histogram.</param>
/// <param name="Labels">Its labels, in order, without those that Prometheus and the exporter add.</param>
internal sealed partial record DocumentedMetric(string Name, string Type, IReadOnlyList<string> Labels)
{
    private const int TimeoutMilliseconds = 1_000;

    private static readonly string[] HistogramSuffixes = ["_bucket", "_sum", "_count"];

    /// <summary>Every metric of the document.</summary>
    public static IReadOnlyList<DocumentedMetric> All { get; } = Read();

    private static HashSet<string> LabelNames { get; } = All.SelectMany(static metric => metric.Labels).ToHashSet(StringComparer.Ordinal);

    /// <summary>The metrics that a text names, of the service and of what it is built on; labels and recorded series are none.</summary>
    public static IEnumerable<string> NamedIn(string text) => MetricName().Matches(text)
        .Select(static match => match.Value)
        .Where(static name => !LabelNames.Contains(name))
        .Select(FamilyOf)
        .Distinct(StringComparer.Ordinal);

    // A histogram's parts are series of one family.
    private static string FamilyOf(string series) => HistogramSuffixes
        .Where(suffix => series.EndsWith(suffix, StringComparison.Ordinal))
        .Select(suffix => series[..^suffix.Length])
        .FirstOrDefault(static family => All.Any(metric => metric.Name == family && metric.Type == "histogram")) ?? series;

    private static DocumentedMetric[] Read() =>
    [
        .. File.ReadLines(RepositoryFiles.PathOf("docs/metrics.md"))
            .Select(static line => Row().Match(line))
            .Where(static row => row.Success)
            .Select(static row => new DocumentedMetric(
                row.Groups["name"].Value,
                row.Groups["type"].Value,
                [.. Quoted().Matches(row.Groups["labels"].Value).Select(static label => label.Groups["name"].Value).Order(StringComparer.Ordinal)])),
    ];

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<type>counter|gauge|histogram) \|[^|]*\|(?<labels>[^|]*)\|", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w:.\-])(antifraud|dotnet|kestrel|http_server|aspnetcore)_\w+(?![\w:])", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex MetricName();
}
