using System.Text;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>Finds the policy that decided then: the one in force, or a version that was published here before.</summary>
/// <param name="source">The policy in force.</param>
/// <param name="bench">The versions.</param>
internal sealed class DecidingPolicies(PolicySource source, PolicyWorkbench bench)
{
    // Compiled policies: of more than this the ones asked for first are forgotten.
    private const int Most = 8;

    private readonly Lock _lock = new();
    private readonly Queue<Policy> _kept = new();

    /// <summary>The policy whose hash begins so; null: it is not at hand here.</summary>
    public Policy? Find(string hash)
    {
        lock (_lock)
        {
            if (_kept.Append(source.Current).FirstOrDefault(policy => policy.Hash.StartsWith(hash, StringComparison.Ordinal)) is { } known)
            {
                return known;
            }

            try
            {
                return Look(hash) is { } found ? Keep(found) : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return null;
            }
        }
    }

    // The newest first; only the one that is asked for is compiled.
    private Policy? Look(string hash)
    {
        var policies = new KnownPolicies(source.Models);
        foreach (var version in bench.Versions())
        {
            policies.AddText(Encoding.UTF8.GetBytes(version.Text), version.Sha256);
            if (policies.Find(hash) is { } found)
            {
                return found;
            }
        }

        return policies.Find(hash);
    }

    private Policy Keep(Policy policy)
    {
        if (_kept.Count == Most)
        {
            _kept.Dequeue();
        }

        _kept.Enqueue(policy);
        return policy;
    }
}
