namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>The policy that scores.</summary>
public sealed class PolicyOptions
{
    /// <summary>
    /// The policy file; watched, and taken over within seconds of a change if it is free of errors. Default: none, the
    /// policy that ships with the service.
    /// </summary>
    public string? File { get; set; }
}
