using System.Buffers;
using System.Globalization;
using KekeStar.Antifraud.Scoring.Model;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>Reads which model a policy names, and finds it.</summary>
internal static class ModelReference
{
    private const int HashLength = 64;

    private static readonly SearchValues<char> HashCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads one reference.</summary>
    /// <param name="root">The policy.</param>
    /// <param name="name">The member: <c>model</c> or <c>shadow_model</c>.</param>
    /// <param name="models">The models that there are.</param>
    /// <param name="smallestReject">The smallest reject threshold that an entity meets.</param>
    /// <param name="caps">By <see cref="Features.SharedSignal"/>.</param>
    /// <returns>The model; null: the policy names none, or an error was reported.</returns>
    public static PolicyModel? Read(PolicyNode root, string name, ModelLibrary models, int smallestReject, int[] caps)
    {
        if (!root.Has(name) || root.Object(name) is not { } node)
        {
            return null;
        }

        node.AllowOnly("hash", "points");
        var points = node.Integer("points", 1, ModelLimits.MaxPoints);
        var hash = node.Text("hash", HashLength);
        if (hash is not null && (hash.Length != HashLength || hash.AsSpan().ContainsAnyExcept(HashCharacters)))
        {
            node.Report("hash", $"\"{hash}\"", "the SHA-256 of a model file: 64 digits 0-9 and a-f");
            return null;
        }

        if (points is { } p)
        {
            CheckPoints(node, p, smallestReject, caps);
        }

        if (hash is null || points is null)
        {
            return null;
        }

        var result = models.Find(hash);
        foreach (var error in result.Errors)
        {
            node.Report("hash", error.Path == "$" ? error.Seen : $"a model with {error.Seen} at {error.Path}", error.Allowed);
        }

        return result.Model is { } model ? new PolicyModel(model, points.Value) : null;
    }

    /// <summary>Reports a rule that is called as the model is in reasons and records.</summary>
    public static void RefuseItsName(ReadOnlySpan<PolicyRule> rules, List<PolicyError> errors)
    {
        foreach (var rule in rules)
        {
            if (rule.Id == PolicyModel.RuleName)
            {
                errors.Add(new PolicyError(
                    string.Create(CultureInfo.InvariantCulture, $"rules[{rule.Index}].id"),
                    0,
                    $"\"{PolicyModel.RuleName}\"",
                    "another id: in a policy that names a model, reasons and records call the model so"));
            }
        }
    }

    // The model may see nothing but one shared signal and be sure: then the rules may add that signal's cap, and it its points.
    private static void CheckPoints(PolicyNode node, int points, int smallestReject, int[] caps)
    {
        // A cap that rejects by itself is an error of its own.
        double largestCap = caps.Max();
        var most = (int)Math.Ceiling((smallestReject - 0.5 - largestCap) / (1 - (largestCap / PolicyLimits.MaxScore))) - 1;
        if (largestCap < smallestReject && points > most)
        {
            node.Report(
                "points",
                points.ToString(CultureInfo.InvariantCulture),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"at most {most}: with more, a signal of the largest cap ({largestCap}) alone could reject"));
        }
    }
}
