using System.Numerics;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring;

/// <summary>A checked and compiled policy; immutable, shared by all threads.</summary>
internal sealed class Policy
{
    /// <summary>Number of scenes, SCENE_UNSPECIFIED included.</summary>
    public const int SceneCount = (int)Scene.ChangeCredential + 1;

    /// <summary>Number of shared signals, None included.</summary>
    public const int SignalCount = (int)SharedSignal.Recording + 1;

    private readonly PolicyRule[] _rules;
    private readonly PolicyRule[][] _rulesByScene = new PolicyRule[SceneCount][];
    private readonly JoinedConditions[] _conditionsByScene = new JoinedConditions[SceneCount];
    private readonly ScenePolicy?[] _scenes;
    private readonly double[] _caps;

    /// <summary>Makes a policy of checked parts; <see cref="Loading.PolicyLoader"/> is the one that checks.</summary>
    /// <param name="version">The file's version.</param>
    /// <param name="hash">SHA-256 of the file's canonical form, 64 hexadecimal digits.</param>
    /// <param name="scenes">By the contract's Scene; SCENE_UNSPECIFIED is null.</param>
    /// <param name="caps">By <see cref="SharedSignal"/>; None is ignored.</param>
    /// <param name="rules">In the order of the file.</param>
    public Policy(string version, string hash, ScenePolicy?[] scenes, int[] caps, PolicyRule[] rules)
    {
        Version = version;
        Hash = hash;
        _scenes = scenes;
        _caps = Array.ConvertAll(caps, static cap => (double)cap);
        _caps[(int)SharedSignal.None] = double.PositiveInfinity;
        _rules = rules;
        for (var scene = 0; scene < SceneCount; scene++)
        {
            // A rule that does not hold for the scene costs nothing there, however many of them there are.
            _rulesByScene[scene] = Array.FindAll(rules, rule => rule.IsEnabled && (rule.Scenes & (1 << scene)) != 0);
            _conditionsByScene[scene] = new JoinedConditions(_rulesByScene[scene]);
        }
    }

    /// <summary>The version that the file gives itself.</summary>
    public string Version { get; }

    /// <summary>SHA-256 of the file's canonical form, 64 hexadecimal digits in lower case.</summary>
    public string Hash { get; }

    /// <summary>How far each entity's thresholds are moved.</summary>
    public ThresholdJitter Jitter { get; init; }

    /// <summary>The model whose points count; null: none.</summary>
    public PolicyModel? Model { get; init; }

    /// <summary>The model that is tried beside; it adds nothing. Null: none.</summary>
    public PolicyModel? Shadow { get; init; }

    /// <summary>All rules in the order of the file, disabled ones included.</summary>
    public ReadOnlySpan<PolicyRule> Rules => _rules;

    /// <summary>What the policy says of a scene of the contract, SCENE_UNSPECIFIED excepted.</summary>
    public ScenePolicy SceneOf(Scene scene) =>
        _scenes[(int)scene] ?? throw new ArgumentOutOfRangeException(nameof(scene), scene, "Not a scene.");

    /// <summary>The most that rules resting on one shared signal alone may add.</summary>
    public int CapOf(SharedSignal signal) => signal == SharedSignal.None ? PolicyLimits.MaxScore : (int)_caps[(int)signal];

    /// <summary>Runs the scene's rules, and the models, over one event. Allocates nothing.</summary>
    /// <param name="scene">The event's scene.</param>
    /// <param name="features">The event's features.</param>
    /// <param name="outcome">Receives what they say; what it held before is forgotten.</param>
    public void Evaluate(Scene scene, FeatureVector features, RuleOutcome outcome)
    {
        outcome.Clear();
        var values = features.Values;
        Span<double> raised = stackalloc double[SignalCount];
        raised.Clear();
        var lowered = 0.0;
        var rules = _rulesByScene[(int)scene];
        var conditions = _conditionsByScene[(int)scene];
        for (var method = 0; method < conditions.Count; method++)
        {
            var first = method * JoinedConditions.RulesPerMethod;
            for (var holding = conditions.Holding(method, values); holding != 0; holding &= holding - 1)
            {
                var rule = rules[first + BitOperations.TrailingZeroCount(holding)];
                if (rule.IsShadow)
                {
                    outcome.AddShadow(rule.Index);
                    continue;
                }

                outcome.AddFired(rule.Index, RestsOnLowerBound(rule, features));
                if (rule.Weight > 0)
                {
                    raised[(int)rule.CappedBy] += rule.Weight;
                }
                else
                {
                    lowered -= rule.Weight;
                }
            }
        }

        Distribute(outcome, raised, lowered);
        if (Shadow is not null || Model is not null)
        {
            outcome.Models.Evaluate(this, scene, features, outcome);
        }
    }

    private static bool RestsOnLowerBound(PolicyRule rule, FeatureVector features)
    {
        for (var i = 0; i < rule.Features.Length; i++)
        {
            if (features.IsAtLeast(rule.Features[i]))
            {
                return true;
            }
        }

        return false;
    }

    // The formula of docs/policy.md: cap each signal, clamp the sum, and scale the side that the clamp or the
    // rounding touched, so that what is told to the caller adds up to the score.
    private void Distribute(RuleOutcome outcome, Span<double> raised, double lowered)
    {
        Span<double> scale = stackalloc double[SignalCount];
        var sum = 0.0;
        for (var signal = 0; signal < SignalCount; signal++)
        {
            scale[signal] = raised[signal] > _caps[signal] ? _caps[signal] / raised[signal] : 1;
            sum += raised[signal] * scale[signal];
        }

        var score = (int)Math.Round(Math.Clamp(sum - lowered, 0, PolicyLimits.MaxScore), MidpointRounding.AwayFromZero);
        var raisedScale = 1.0;
        var loweredScale = 1.0;
        if (sum < lowered)
        {
            loweredScale = sum / lowered;
        }
        else if (sum > 0)
        {
            raisedScale = (score + lowered) / sum;
        }

        Span<double> byRisk = stackalloc double[Risks.Count];
        byRisk.Clear();
        var fired = outcome.Fired;
        for (var i = 0; i < fired.Length; i++)
        {
            var rule = _rules[fired[i]];
            var contribution = rule.Weight > 0
                ? rule.Weight * scale[(int)rule.CappedBy] * raisedScale
                : rule.Weight * loweredScale;
            outcome.SetContribution(i, contribution);
            byRisk[(int)rule.Risk] += contribution;
        }

        outcome.SetScores(score, byRisk);
    }
}
