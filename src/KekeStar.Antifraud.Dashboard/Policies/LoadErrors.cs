using System.Globalization;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>What the loader says of a policy. Public for the components alone, whose parameters have to be.</summary>
public sealed class LoadErrors
{
    /// <summary>Holds errors.</summary>
    internal LoadErrors(IReadOnlyList<PolicyError> all) => All = all;

    /// <summary>The errors in the order of the document.</summary>
    internal IReadOnlyList<PolicyError> All { get; }

    /// <summary>Those of one rule.</summary>
    internal LoadErrors OfRule(int rule)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"rules[{rule}]");
        return new LoadErrors([.. All.Where(error => error.Path.StartsWith(path, StringComparison.Ordinal))]);
    }
}
