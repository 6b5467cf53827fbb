using System.Text.RegularExpressions;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>The settings that each way of deployment gives the service, as environment variables.</summary>
internal static partial class DeploymentSettings
{
    private const int TimeoutMilliseconds = 1_000;

    /// <summary>The ways, by the file that names most of their settings.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All { get; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
    {
        ["Dockerfile"] = Image(),
        ["ops/compose/compose.yaml"] = Over(Image(), Yaml.Load("ops/compose/compose.yaml").At("services", "antifraud", "environment").Pairs()),
        ["ops/kubernetes/settings.yaml"] = Over(Image(), [.. Yaml.Load("ops/kubernetes/settings.yaml").At("data").Pairs(), .. PodVariables()]),
        ["ops/systemd/environment"] = Over([], [.. Assignments("ops/systemd/antifraud.service"), .. Assignments("ops/systemd/environment")]),
    };

    /// <summary>The value of a setting.</summary>
    public static string Of(string way, string key) => All[way][key.Replace(":", "__", StringComparison.Ordinal)];

    private static Dictionary<string, string> Image() => Over([], Assignments("Dockerfile"));

    // A secret's value is not in the manifest; a key ring stands for it.
    private static IEnumerable<KeyValuePair<string, string>> PodVariables() => Yaml.Load("ops/kubernetes/statefulset.yaml")
        .At("spec", "template", "spec", "containers").Items()[0].At("env").Items()
        .Select(static variable => KeyValuePair.Create(variable.At("name").Text(), """{"epoch": 1, "key": "AAAA"}"""));

    private static IEnumerable<KeyValuePair<string, string>> Assignments(string file) => Assignment()
        .Matches(File.ReadAllText(RepositoryFiles.PathOf(file)))
        .Select(static match => KeyValuePair.Create(match.Groups["key"].Value, match.Groups["value"].Value));

    private static Dictionary<string, string> Over(Dictionary<string, string> below, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var result = new Dictionary<string, string>(below, StringComparer.Ordinal);
        foreach (var (key, value) in settings)
        {
            result[key] = value;
        }

        return result;
    }

    [GeneratedRegex(@"(?<![\w#])(?<key>Antifraud__\w+)=(?<value>[^\s\\]*)", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Assignment();
}
