using System.Buffers;
using System.Globalization;
using System.Text.Json;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>
/// Reads a policy file: gives a compiled policy, or every error of the file at once. Checks all that the published
/// schema (docs/policy.schema.json) says and, beyond it, what a schema cannot say.
/// </summary>
internal static class PolicyLoader
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private static readonly SearchValues<char> VersionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">JSON in UTF-8, with or without a byte order mark.</param>
    /// <param name="models">The models that it may name; null: the shipped one alone.</param>
    public static PolicyResult Load(ReadOnlyMemory<byte> utf8, ModelLibrary? models = null)
    {
        var errors = new List<PolicyError>();
        if (utf8.Length > PolicyLimits.MaxFileBytes)
        {
            errors.Add(new PolicyError(
                "$",
                0,
                string.Create(CultureInfo.InvariantCulture, $"{utf8.Length} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"at most {PolicyLimits.MaxFileBytes} bytes")));
            return new PolicyResult(null, errors);
        }

        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return Read(document.RootElement, models ?? ModelLibrary.Shipped, errors);
        }
        catch (JsonException e)
        {
            errors.Add(new PolicyError("$", 0, $"text that is not JSON ({e.Message})", "one JSON object in UTF-8, no member twice, at most 16 levels"));
            return new PolicyResult(null, errors);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for a text with half a surrogate pair, when the text is asked for.
            errors.Add(new PolicyError("$", 0, "a text with half a surrogate pair", "texts of whole Unicode characters"));
            return new PolicyResult(null, errors);
        }
    }

    private static PolicyResult Read(JsonElement element, ModelLibrary models, List<PolicyError> errors)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new PolicyError("$", 0, PolicyNode.Describe(element), "an object"));
            return new PolicyResult(null, errors);
        }

        var root = new PolicyNode(element, string.Empty, errors);
        root.AllowOnly("$schema", "version", "scenes", "signal_caps", "threshold_jitter", "model", "shadow_model", "rules");
        var version = ReadVersion(root);
        var scenes = SceneReader.Read(root);
        var jitter = JitterReader.Read(root, scenes);
        var smallestReject = (scenes.Min(static scene => scene?.Reject) ?? PolicyLimits.MaxScore) - jitter.Reach;
        var caps = ReadCaps(root, smallestReject);
        var model = ModelReference.Read(root, "model", models, smallestReject, caps);
        var shadow = ModelReference.Read(root, "shadow_model", models, smallestReject, caps);
        var rules = RuleReader.Read(root, errors);
        if (root.Has("model") || root.Has("shadow_model"))
        {
            ModelReference.RefuseItsName(rules, errors);
        }

        return errors.Count == 0
            ? new PolicyResult(
                new Policy(version!, CanonicalHash.Of(element), scenes, caps, rules) { Jitter = jitter, Model = model, Shadow = shadow }, errors)
            : new PolicyResult(null, errors);
    }

    private static string? ReadVersion(PolicyNode root)
    {
        var version = root.Text("version", PolicyLimits.MaxNameLength);
        if (version is not null && version.AsSpan().ContainsAnyExcept(VersionCharacters))
        {
            root.Report("version", $"\"{version}\"", "characters A-Z, a-z, 0-9, '.', '_' and '-'");
        }

        return version;
    }

    private static int[] ReadCaps(PolicyNode root, int smallestReject)
    {
        var caps = new int[Policy.SignalCount];
        if (root.Object("signal_caps") is not { } node)
        {
            return caps;
        }

        node.AllowOnly([.. PolicyWords.Signals.Keys]);
        foreach (var (name, signal) in PolicyWords.Signals)
        {
            if (node.Integer(name, 1, PolicyLimits.MaxScore) is { } cap)
            {
                caps[(int)signal] = cap;
                if (cap >= smallestReject)
                {
                    node.Report(
                        name,
                        cap.ToString(CultureInfo.InvariantCulture),
                        $"less than the smallest reject threshold that an entity meets ({smallestReject}): no shared signal alone rejects");
                }
            }
        }

        return caps;
    }
}

/// <summary>What came of reading a policy file.</summary>
/// <param name="Policy">The policy; null if there are errors.</param>
/// <param name="Errors">All errors, in the order of the file; empty if there is a policy.</param>
internal sealed record PolicyResult(Policy? Policy, IReadOnlyList<PolicyError> Errors);
