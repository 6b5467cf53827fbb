using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>The policies at hand, found by the digits of their hash that a record has.</summary>
internal sealed class BacktestPolicies
{
    private readonly List<Policy> _known = [];

    /// <summary>Begins with the policy that ships with the service.</summary>
    public BacktestPolicies() => Add(DefaultPolicy.ReadBytes(), nameof(DefaultPolicy));

    /// <summary>Adds a policy.</summary>
    /// <param name="text">The file.</param>
    /// <param name="name">What to call it where it is wrong.</param>
    /// <exception cref="BacktestException">It is not sound; the message lists every error.</exception>
    public Policy Add(ReadOnlyMemory<byte> text, string name)
    {
        var result = PolicyLoader.Load(text);
        if (result.Policy is not { } policy)
        {
            throw new BacktestException($"{name} is no sound policy:{Environment.NewLine}{string.Join(Environment.NewLine, result.Errors)}");
        }

        if (Find(policy.Hash) is { } known)
        {
            return known;
        }

        _known.Add(policy);
        return policy;
    }

    /// <summary>The policy whose hash begins so; null: it is not at hand.</summary>
    public Policy? Find(string hash) => _known.Find(policy => policy.Hash.StartsWith(hash, StringComparison.Ordinal));
}
