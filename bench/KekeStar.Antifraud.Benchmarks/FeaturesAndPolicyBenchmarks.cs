using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// Features, a policy of 100 rules and the model together, after the store has answered: at most 10 µs and 0 bytes (goal of
/// the project, on one core). The model is the shipped one, in the shadow: a live one costs the same.
/// </summary>
[MemoryDiagnoser]
public class FeaturesAndPolicyBenchmarks
{
    private const int Rules = 100;

    private readonly RuleOutcome _outcome = new();
    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;
    private SyntheticPolicy _synthetic = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath);
        _synthetic = new SyntheticPolicy(Rules);
        if (Together() == 0 || _outcome.Models.ShadowScore < 0)
        {
            throw new InvalidOperationException("No rule fired, or no model was asked.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>The same features, and the rules as LINQ over lambdas.</summary>
    [Benchmark(Baseline = true)]
    public int FeaturesAndLinqRules()
    {
        FeatureBuilder.Build(_call.Event, _call.Counts, _call.Features);
        var values = _call.Features.Values;
        return Math.Clamp(_synthetic.Lambdas.Where(rule => rule.When(values)).Sum(static rule => rule.Weight), 0, PolicyLimits.MaxScore);
    }

    [Benchmark]
    public int Together()
    {
        FeatureBuilder.Build(_call.Event, _call.Counts, _call.Features);
        _synthetic.Policy.Evaluate(_call.Event.Scene, _call.Features, _outcome);
        return _outcome.Score;
    }
}
