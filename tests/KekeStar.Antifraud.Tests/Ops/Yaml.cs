using YamlDotNet.RepresentationModel;

namespace KekeStar.Antifraud.Tests.Ops;

/// <summary>YAML files of the repository.</summary>
internal static class Yaml
{
    /// <summary>The documents of a file, parsed whole.</summary>
    public static IReadOnlyList<YamlNode> Documents(string relative)
    {
        using var reader = File.OpenText(RepositoryFiles.PathOf(relative));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(static document => document.RootNode)];
    }

    /// <summary>The only document of a file.</summary>
    public static YamlNode Load(string relative) => Assert.Single(Documents(relative));

    /// <summary>The node under a path of keys, each of which must be there.</summary>
    public static YamlNode At(this YamlNode node, params string[] path) => path.Aggregate(node, static (inner, key) => inner[key]);

    /// <summary>The text of a scalar.</summary>
    public static string Text(this YamlNode node) => Assert.IsType<YamlScalarNode>(node).Value!;

    /// <summary>The entries of a sequence.</summary>
    public static IList<YamlNode> Items(this YamlNode node) => Assert.IsType<YamlSequenceNode>(node).Children;

    /// <summary>The scalars of a mapping.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(this YamlNode node) =>
        Assert.IsType<YamlMappingNode>(node).Children.Select(static pair => KeyValuePair.Create(pair.Key.Text(), pair.Value.Text()));

    /// <summary>True if a mapping has a key.</summary>
    public static bool Has(this YamlNode node, string key) => node is YamlMappingNode mapping && mapping.Children.ContainsKey(new YamlScalarNode(key));
}
