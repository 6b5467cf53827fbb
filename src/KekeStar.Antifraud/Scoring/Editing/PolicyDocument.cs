using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>
/// A policy as a document that can be changed in parts, right or wrong; what the loader says of it is another matter. Its text always
/// has the same layout, so that two documents differ in the lines that mean something else.
/// </summary>
internal sealed class PolicyDocument
{
    private const string AllScenes = "all";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    // Chinese as Chinese: the text is read by people.
    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _root;

    private PolicyDocument(JsonObject root) => _root = root;

    /// <summary>The document as text.</summary>
    public string Text => Write(_root);

    /// <summary>The version that it gives itself.</summary>
    public string Version
    {
        get => TextOf(_root["version"]);
        set => _root["version"] = value;
    }

    /// <summary>The rules in the order of the document.</summary>
    public IReadOnlyList<RuleDraft> Rules => [.. RuleNodes().Select(Read)];

    /// <summary>Caps of the shared signals: names and values as text.</summary>
    public IReadOnlyList<(string Signal, string Cap)> Caps =>
        [.. (_root["signal_caps"] as JsonObject ?? []).Select(static cap => (cap.Key, TextOf(cap.Value)))];

    /// <summary>Names of the scenes.</summary>
    public IReadOnlyList<string> Scenes => [.. (_root["scenes"] as JsonObject ?? []).Select(static scene => scene.Key)];

    /// <summary>Reads a document; null: it is no JSON object, and the loader says why.</summary>
    public static PolicyDocument? TryParse(string text)
    {
        try
        {
            if (JsonNode.Parse(text.TrimStart('\uFEFF'), nodeOptions: null, Options) is not JsonObject root)
            {
                return null;
            }

            // Once through all of it: a text with half a surrogate pair throws when it is asked for.
            _ = Write(root);
            var document = new PolicyDocument(root);
            _ = document.Rules;
            return document;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes JSON in the one layout.</summary>
    public static string Write(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            node.WriteTo(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>A threshold of a scene as text, such as <c>reject</c>.</summary>
    public string Threshold(string scene, string name) => TextOf((_root["scenes"] as JsonObject)?[scene] is JsonObject one ? one[name] : null);

    /// <summary>Sets a threshold of a scene.</summary>
    public void SetThreshold(string scene, string name, string value)
    {
        if ((_root["scenes"] as JsonObject)?[scene] is JsonObject one)
        {
            one[name] = Number(value);
        }
    }

    /// <summary>Sets the cap of a shared signal.</summary>
    public void SetCap(string signal, string value)
    {
        if (_root["signal_caps"] is JsonObject caps)
        {
            caps[signal] = Number(value);
        }
    }

    /// <summary>Changes a rule; members that a form does not show stay.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="rule">What it is to be.</param>
    public void SetRule(int index, RuleDraft rule)
    {
        if (_root["rules"] is JsonArray rules && index < rules.Count && rules[index] is JsonObject node)
        {
            Write(node, rule);
        }
    }

    /// <summary>Puts a rule behind the others.</summary>
    /// <returns>Its place.</returns>
    public int AddRule(RuleDraft rule)
    {
        if (_root["rules"] is not JsonArray rules)
        {
            _root["rules"] = rules = [];
        }

        var node = new JsonObject();
        Write(node, rule);
        rules.Add(node);
        return rules.Count - 1;
    }

    /// <summary>Takes a rule out.</summary>
    public void RemoveRule(int index)
    {
        if (_root["rules"] is JsonArray rules && index < rules.Count)
        {
            rules.RemoveAt(index);
        }
    }

    /// <summary>What two sides made of one document, together; see <see cref="PolicyMerge"/>.</summary>
    internal static PolicyDocument Merge(PolicyDocument begun, PolicyDocument mine, PolicyDocument theirs, List<string> conflicts) =>
        new((JsonObject)PolicyMerge.Run(begun._root, mine._root, theirs._root, "", conflicts)!);

    private static RuleDraft Read(JsonObject rule) => new()
    {
        Id = TextOf(rule["id"]),
        Risk = TextOf(rule["risk"]),
        Scenes = rule["scenes"] is JsonArray scenes ? [.. scenes.Select(TextOf)] : [],
        When = TextOf(rule["when"]),
        Weight = TextOf(rule["weight"]),
        Label = TextOf(rule["label"]),
        ReasonEnglish = TextOf((rule["reason"] as JsonObject)?["en"]),
        ReasonChinese = TextOf((rule["reason"] as JsonObject)?["zh"]),
        State = IsTrue(rule, "enabled", byDefault: true) ? IsTrue(rule, "shadow", byDefault: false) ? RuleState.Shadow : RuleState.On : RuleState.Off,
    };

    // What is as it was is not touched: a form that was only looked at changes nothing.
    private static void Write(JsonObject node, RuleDraft rule)
    {
        var before = Read(node);
        Set(node, "id", before.Id, rule.Id);
        Set(node, "risk", before.Risk, rule.Risk);
        if (!node.ContainsKey("scenes") || !before.Scenes.SequenceEqual(rule.Scenes, StringComparer.Ordinal))
        {
            node["scenes"] = rule.Scenes.Count == 0 ? AllScenes : new JsonArray([.. rule.Scenes.Select(static scene => (JsonNode)scene)]);
        }

        Set(node, "when", before.When, rule.When);
        if (before.Weight != rule.Weight)
        {
            node["weight"] = Number(rule.Weight);
        }

        Set(node, "label", before.Label, rule.Label);
        if (node["reason"] is not JsonObject reason)
        {
            node["reason"] = reason = [];
        }

        Set(reason, "en", before.ReasonEnglish, rule.ReasonEnglish);
        Set(reason, "zh", before.ReasonChinese, rule.ReasonChinese);
        if (before.State != rule.State)
        {
            node.Remove("enabled");
            node.Remove("shadow");
            if (rule.State == RuleState.Off)
            {
                node["enabled"] = false;
            }
            else if (rule.State == RuleState.Shadow)
            {
                node["shadow"] = true;
            }
        }
    }

    private static void Set(JsonObject node, string name, string before, string after)
    {
        if (before != after || !node.ContainsKey(name))
        {
            node[name] = after;
        }
    }

    // What is no whole number stays a text, and the loader says so.
    private static JsonNode Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static bool IsTrue(JsonObject node, string name, bool byDefault) => node[name] is JsonValue value && value.TryGetValue<bool>(out var isTrue) ? isTrue : byDefault;

    private static string TextOf(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    private IEnumerable<JsonObject> RuleNodes() => (_root["rules"] as JsonArray ?? []).Select(static rule => rule as JsonObject ?? []);
}
