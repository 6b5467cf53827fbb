using System.Text.Json.Nodes;

namespace KekeStar.Antifraud.Scoring.Editing;

/// <summary>
/// Brings together what two sides made of one document: what one of them alone changed is taken from it. What both changed
/// differently is mine, and named. Rules are told apart by their ids.
/// </summary>
internal static class PolicyMerge
{
    /// <summary>Merges.</summary>
    /// <param name="begun">What both began from.</param>
    /// <param name="mine">What one made of it.</param>
    /// <param name="theirs">What the other made of it.</param>
    /// <param name="path">Where this stands, for the names of conflicts.</param>
    /// <param name="conflicts">Receives where both changed the same thing.</param>
    public static JsonNode? Run(JsonNode? begun, JsonNode? mine, JsonNode? theirs, string path, List<string> conflicts)
    {
        if (JsonNode.DeepEquals(mine, theirs) || JsonNode.DeepEquals(begun, theirs))
        {
            return mine?.DeepClone();
        }

        if (JsonNode.DeepEquals(begun, mine))
        {
            return theirs?.DeepClone();
        }

        if (mine is JsonObject myObject && theirs is JsonObject theirObject)
        {
            return Objects(begun as JsonObject ?? [], myObject, theirObject, path, conflicts);
        }

        if (mine is JsonArray myRules && theirs is JsonArray theirRules && AreNamed(myRules) && AreNamed(theirRules))
        {
            return Named(begun as JsonArray ?? [], myRules, theirRules, path, conflicts);
        }

        conflicts.Add(path);
        return mine?.DeepClone();
    }

    private static JsonObject Objects(JsonObject begun, JsonObject mine, JsonObject theirs, string path, List<string> conflicts)
    {
        var merged = new JsonObject();
        foreach (var name in theirs.Select(static member => member.Key).Union(mine.Select(static member => member.Key), StringComparer.Ordinal))
        {
            if (Run(begun[name], mine[name], theirs[name], path.Length == 0 ? name : $"{path}.{name}", conflicts) is { } value)
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    // In their order, then what I added.
    private static JsonArray Named(JsonArray begun, JsonArray mine, JsonArray theirs, string path, List<string> conflicts)
    {
        var merged = new JsonArray();
        foreach (var id in theirs.Select(IdOf).Union(mine.Select(IdOf), StringComparer.Ordinal))
        {
            if (Run(Find(begun, id), Find(mine, id), Find(theirs, id), $"{path}[{id}]", conflicts) is { } rule)
            {
                merged.Add(rule);
            }
        }

        return merged;
    }

    private static bool AreNamed(JsonArray rules) =>
        rules.All(static rule => IdOf(rule).Length > 0) && rules.Select(IdOf).Distinct(StringComparer.Ordinal).Count() == rules.Count;

    private static JsonNode? Find(JsonArray rules, string id) => rules.FirstOrDefault(rule => IdOf(rule) == id);

    private static string IdOf(JsonNode? rule) => rule is JsonObject one && one["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : "";
}
