using System.Globalization;

namespace KekeStar.Antifraud.Scoring;

/// <summary>One thing that is wrong with a policy file.</summary>
/// <param name="Path">Where, such as "rules[3].when"; "$" for the whole file.</param>
/// <param name="Column">Character of an expression, from 1; 0 where there is none.</param>
/// <param name="Seen">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
internal sealed record PolicyError(string Path, int Column, string Seen, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => Column == 0
        ? $"{Path}: saw {Seen}; allowed: {Allowed}"
        : string.Create(CultureInfo.InvariantCulture, $"{Path}, column {Column}: saw {Seen}; allowed: {Allowed}");
}
