using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>
/// Reads a model file: gives a model, or every error of the file at once. Beyond the form (docs/model.md) it checks that each tree is a
/// tree, and that each input speaks only the way it may (<see cref="ModelInputs"/>), whoever trained it.
/// </summary>
internal static class ModelLoader
{
    // {"risks": {"bot": {"trees": [{"value": [0]}]}}}
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The name of a file in <see cref="ModelOptions.Directory"/>: its hash.</summary>
    public static string HashOf(ReadOnlySpan<byte> utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8));

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="utf8">JSON in UTF-8.</param>
    public static ModelResult Load(ReadOnlyMemory<byte> utf8)
    {
        var errors = new List<PolicyError>();
        if (utf8.Length > ModelLimits.MaxFileBytes)
        {
            errors.Add(new PolicyError(
                "$",
                0,
                string.Create(CultureInfo.InvariantCulture, $"{utf8.Length} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"at most {ModelLimits.MaxFileBytes} bytes")));
            return new ModelResult(null, errors);
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add(new PolicyError("$", 0, PolicyNode.Describe(document.RootElement), "an object"));
                return new ModelResult(null, errors);
            }

            return Read(new PolicyNode(document.RootElement, string.Empty, errors), HashOf(utf8.Span), errors);
        }
        catch (JsonException e)
        {
            errors.Add(new PolicyError("$", 0, $"text that is not JSON ({e.Message})", "one JSON object in UTF-8, no member twice, at most 8 levels"));
            return new ModelResult(null, errors);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for a text with half a surrogate pair, when the text is asked for.
            errors.Add(new PolicyError("$", 0, "a text with half a surrogate pair", "texts of whole Unicode characters"));
            return new ModelResult(null, errors);
        }
    }

    private static ModelResult Read(PolicyNode root, string hash, List<PolicyError> errors)
    {
        root.AllowOnly("format", "name", "inputs", "risks", "training");
        root.Integer("format", ModelLimits.Format, ModelLimits.Format);
        var name = root.Text("name", PolicyLimits.MaxNameLength);
        var inputs = InputReader.Read(root);
        var risks = new List<RiskModel>();
        if (root.Object("risks") is { } byRisk)
        {
            byRisk.AllowOnly([.. PolicyWords.Risks.Keys]);
            foreach (var risk in PolicyWords.Risks.Keys)
            {
                if (byRisk.Object(risk) is { } node && ReadRisk(node, inputs) is { } read)
                {
                    risks.Add(read);
                }
            }
        }

        var facts = ReadFacts(root);
        return errors.Count == 0
            ? new ModelResult(new ScoreModel(name!, hash, inputs, risks, facts), errors)
            : new ModelResult(null, errors);
    }

    private static RiskModel? ReadRisk(PolicyNode node, IReadOnlyList<ModelInput> inputs)
    {
        node.AllowOnly("base_rate", "calibration", "trees");
        var baseRate = node.Number("base_rate", double.Epsilon, 1 - 1e-9);
        var calibration = ReadCalibration(node);
        var directions = inputs.Select(static input => ModelInputs.Of(input.Number)).ToArray();
        var trees = new List<ModelTree>();
        foreach (var tree in node.Objects("trees", 1, ModelLimits.MaxTrees))
        {
            if (TreeReader.Read(tree, directions, inputs) is { } read)
            {
                trees.Add(read);
            }
        }

        return baseRate is { } rate && calibration is not null && trees.Count > 0 ? new RiskModel(rate, calibration, trees) : null;
    }

    private static CalibrationCurve? ReadCalibration(PolicyNode risk)
    {
        if (risk.Object("calibration") is not { } node)
        {
            return null;
        }

        node.AllowOnly("scores", "probabilities");
        var scores = node.Numbers("scores", 1, ModelLimits.MaxCalibrationPoints, double.MinValue, double.MaxValue);
        var probabilities = node.Numbers("probabilities", scores?.Length ?? 1, scores?.Length ?? ModelLimits.MaxCalibrationPoints, 0, 1);
        if (scores is null || probabilities is null)
        {
            return null;
        }

        for (var i = 1; i < scores.Length; i++)
        {
            if (!(scores[i] > scores[i - 1]))
            {
                node.Report("scores", string.Create(CultureInfo.InvariantCulture, $"{scores[i]} behind {scores[i - 1]}"), "ascending numbers, no two equal");
                return null;
            }

            if (probabilities[i] < probabilities[i - 1])
            {
                node.Report("probabilities", string.Create(CultureInfo.InvariantCulture, $"{probabilities[i]} behind {probabilities[i - 1]}"), "numbers that never fall");
                return null;
            }
        }

        return new CalibrationCurve(scores, probabilities);
    }

    private static Dictionary<string, string> ReadFacts(PolicyNode root)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Object("training") is not { } node)
        {
            return facts;
        }

        foreach (var name in node.Names())
        {
            if (facts.Count == ModelLimits.MaxFacts)
            {
                root.Report("training", "more members", string.Create(CultureInfo.InvariantCulture, $"at most {ModelLimits.MaxFacts} texts"));
                break;
            }

            facts[name] = node.Text(name, PolicyLimits.MaxReasonLength) ?? string.Empty;
        }

        return facts;
    }
}

/// <summary>What came of reading a model file.</summary>
/// <param name="Model">The model; null if there are errors.</param>
/// <param name="Errors">All errors, in the order of the file; empty if there is a model.</param>
internal sealed record ModelResult(ScoreModel? Model, IReadOnlyList<PolicyError> Errors);
