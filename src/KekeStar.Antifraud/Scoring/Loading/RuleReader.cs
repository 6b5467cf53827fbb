using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Expressions;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>Reads and compiles the rules of a policy file.</summary>
internal static class RuleReader
{
    private const int AllScenes = (1 << Policy.SceneCount) - 2;

    /// <summary>Reads all rules; those with errors are left out.</summary>
    public static PolicyRule[] Read(PolicyNode root, List<PolicyError> errors)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"an array of 1 to {PolicyLimits.MaxRules} rules");
        if (root.Required("rules", allowed) is not { } array)
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            root.Report("rules", PolicyNode.Describe(array), allowed);
            return [];
        }

        var length = array.GetArrayLength();
        if (length is 0 or > PolicyLimits.MaxRules)
        {
            root.Report("rules", string.Create(CultureInfo.InvariantCulture, $"{length} rules"), allowed);
            return [];
        }

        var rules = new List<PolicyRule>(length);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < length; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"rules[{i}]");
            if (array[i].ValueKind != JsonValueKind.Object)
            {
                errors.Add(new PolicyError(path, 0, PolicyNode.Describe(array[i]), "an object"));
            }
            else if (ReadOne(new PolicyNode(array[i], path, errors), i, ids) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return [.. rules];
    }

    private static PolicyRule? ReadOne(PolicyNode node, int index, Dictionary<string, int> ids)
    {
        node.AllowOnly("id", "risk", "scenes", "when", "weight", "label", "reason", "enabled", "shadow");
        var id = node.Name("id");
        if (id is not null && !ids.TryAdd(id, index))
        {
            node.Report("id", $"\"{id}\", which rules[{ids[id]}] has already", "an id of its own");
        }

        var risk = node.Word("risk", PolicyWords.Risks);
        var scenes = ReadScenes(node);
        var weight = ReadWeight(node);
        var label = node.Name("label");
        var (english, chinese) = ReadReason(node);
        var enabled = node.Boolean("enabled", byDefault: true);
        var shadow = node.Boolean("shadow", byDefault: false);
        var when = node.Text("when", PolicyLimits.MaxExpressionLength);
        var compiled = when is null
            ? null
            : RuleCompiler.Compile(when, weight is not < 0, (column, seen, allowed) => node.Report("when", seen, allowed, column));
        return compiled is null || id is null || weight is null || label is null
            ? null
            : new PolicyRule
            {
                Index = index,
                Id = id,
                Risk = risk,
                Weight = weight.Value,
                Label = label,
                ReasonEnglish = english,
                ReasonChinese = chinese,
                IsEnabled = enabled,
                IsShadow = shadow,
                Scenes = scenes,
                Condition = compiled.Condition,
                When = when!,
                Features = compiled.Features,
                CappedBy = compiled.CappedBy,
            };
    }

    private static int? ReadWeight(PolicyNode node)
    {
        var weight = node.Integer("weight", -PolicyLimits.MaxScore, PolicyLimits.MaxScore);
        if (weight == 0)
        {
            node.Report("weight", "0", "a whole number from -1000 to 1000 other than 0; \"shadow\": true makes a rule count without adding");
            return null;
        }

        return weight;
    }

    private static (string English, string Chinese) ReadReason(PolicyNode node)
    {
        if (node.Object("reason") is not { } reason)
        {
            return (string.Empty, string.Empty);
        }

        reason.AllowOnly("en", "zh");
        return (reason.Text("en", PolicyLimits.MaxReasonLength) ?? string.Empty, reason.Text("zh", PolicyLimits.MaxReasonLength) ?? string.Empty);
    }

    private static int ReadScenes(PolicyNode node)
    {
        var allowed = $"\"all\", or an array of different ones of {string.Join(", ", PolicyWords.Scenes.Keys)}";
        if (node.Required("scenes", allowed) is not { } value)
        {
            return 0;
        }

        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("all"))
        {
            return AllScenes;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            node.Report("scenes", value.ValueKind == JsonValueKind.Array ? "an empty array" : PolicyNode.Describe(value), allowed);
            return 0;
        }

        var scenes = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String
                && PolicyWords.Scenes.TryGetValue(item.GetString()!, out var scene)
                && (scenes & (1 << (int)scene)) == 0)
            {
                scenes |= 1 << (int)scene;
            }
            else
            {
                node.Report("scenes", PolicyNode.Describe(item), allowed);
            }
        }

        return scenes;
    }
}
