using System.Globalization;
using BenchmarkDotNet.Attributes;
using KekeStar.Antifraud.Benchmarks.Subjects;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Benchmarks;

/// <summary>
/// Scoring: a policy's rules over the features of a burst of registrations. LINQ and the loop over delegates only add the
/// weights up; the policy also notes what fired, caps shared signals and distributes the score over the reasons.
/// </summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private readonly RuleOutcome _outcome = new();
    private HotPath _hotPath = null!;
    private ScoringCall _call = null!;
    private Policy _policy = null!;
    private LambdaRule[] _lambdas = [];
    private LambdaRule[] _compiled = [];

    /// <summary>The shipped policy, or a number of synthetic rules that all hold for the event's scene.</summary>
    [Params("shipped", "10", "100", "170", "1000")]
    public string Rules { get; set; } = "";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _hotPath = await HotPath.InMemoryAsync();
        _call = await BurstOfRegistrations.ScoreAsync(_hotPath);
        if (Rules == "shipped")
        {
            _policy = PolicyLoader.Load(DefaultPolicy.ReadBytes()).Policy!;
            _lambdas = [.. _policy.Rules.ToArray().Select(LambdaRule.Of)];
        }
        else
        {
            var synthetic = new SyntheticPolicy(int.Parse(Rules, CultureInfo.InvariantCulture));
            _policy = synthetic.Policy;
            _lambdas = synthetic.Lambdas;
        }

        _compiled = [.. _policy.Rules.ToArray().Select(LambdaRule.Of)];
        PolicyEvaluate();
        var fired = _lambdas.Where(rule => (rule.Scenes & (1 << (int)Scene.Register)) != 0 && rule.When(_call.Features.Values)).Select(static rule => rule.Id);
        if (!fired.SequenceEqual(_outcome.Fired.ToArray().Select(index => _policy.Rules[index].Id), StringComparer.Ordinal))
        {
            throw new InvalidOperationException("The two ways do not agree.");
        }
    }

    [GlobalCleanup]
    public async Task CleanupAsync() => await _hotPath.DisposeAsync();

    /// <summary>
    /// Of synthetic rules all lambdas are one method with other captured numbers, which the processor predicts better
    /// than any real set of rules.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int LinqOverLambdas() => AddUp(_lambdas);

    /// <summary>The same over the policy's conditions, compiled to a method for each rule.</summary>
    [Benchmark]
    public int LinqOverCompiledConditions() => AddUp(_compiled);

    /// <summary>The design before the conditions were joined: a call through a delegate for each rule, in a plain loop.</summary>
    [Benchmark]
    public int OneDelegatePerRule()
    {
        var scene = 1 << (int)_call.Event.Scene;
        var values = _call.Features.Values;
        var sum = 0;
        foreach (var rule in _compiled)
        {
            if ((rule.Scenes & scene) != 0 && rule.When(values))
            {
                sum += rule.Weight;
            }
        }

        return Math.Clamp(sum, 0, PolicyLimits.MaxScore);
    }

    /// <summary>As shipped: the conditions of the scene joined.</summary>
    [Benchmark]
    public int PolicyEvaluate()
    {
        _policy.Evaluate(_call.Event.Scene, _call.Features, _outcome);
        return _outcome.Score;
    }

    private int AddUp(LambdaRule[] rules)
    {
        var scene = 1 << (int)_call.Event.Scene;
        var values = _call.Features.Values;
        return Math.Clamp(
            rules.Where(rule => (rule.Scenes & scene) != 0).Where(rule => rule.When(values)).Sum(static rule => rule.Weight),
            0,
            PolicyLimits.MaxScore);
    }
}
