namespace KekeStar.Antifraud.Scoring;

/// <summary>A policy that is needed, such as the one that the service was to start with, is wrong; the message lists every error.</summary>
internal sealed class PolicyException(string source, IReadOnlyList<PolicyError> errors)
    : Exception($"The policy {source} has {errors.Count} error(s):{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", errors)}")
{
    /// <summary>The errors in the order of the file.</summary>
    public IReadOnlyList<PolicyError> Errors { get; } = errors;
}
