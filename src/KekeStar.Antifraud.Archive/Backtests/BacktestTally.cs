using System.Runtime.InteropServices;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Judging;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>Decides replayed events, under the policy that decided then and under the one that is tried, and counts what comes out.</summary>
internal sealed class BacktestTally
{
    private const int BinWidth = 50;
    private const int Bins = PolicyLimits.MaxScore / BinWidth;

    private readonly KnownPolicies _policies;
    private readonly Policy? _tried;
    private readonly TruthBook _truths;
    private readonly EventDecision _decision = new();
    private readonly AgreementTally _agreement = new();
    private readonly RuleTally _rules = new();
    private readonly SegmentTally _all = new();
    private readonly SortedDictionary<string, SegmentTally> _scenes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SegmentTally> _segments = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(Verdict Then, Verdict Now), long> _flips = [];
    private readonly List<FlippedDecision> _examples = [];
    private readonly long[] _scoresThen = new long[Bins];
    private readonly long[] _scoresNow = new long[Bins];

    /// <summary>Begins at nothing.</summary>
    public BacktestTally(KnownPolicies policies, Policy? tried, TruthBook truths)
    {
        _policies = policies;
        _tried = tried;
        _truths = truths;
    }

    /// <summary>Decisions under policies that are not at hand.</summary>
    public long UnknownPolicy { get; private set; }

    /// <summary>Decisions whose truth is known.</summary>
    public long Labelled { get; private set; }

    /// <summary>Decides and counts one.</summary>
    /// <param name="recorded">The decision.</param>
    /// <param name="how">How its features were come by; not <see cref="ReplayedFeatures.Erased"/>.</param>
    /// <param name="features">Its features.</param>
    /// <param name="recordedFeatures">Those that were recorded.</param>
    public void Add(ArchivedDecision recorded, ReplayedFeatures how, FeatureVector features, FeatureVector recordedFeatures)
    {
        if (how == ReplayedFeatures.Rebuilt)
        {
            _agreement.AddFeatures(recordedFeatures, features);
        }
        else
        {
            _agreement.SkipFeatures();
        }

        var own = _policies.Find(recorded.PolicyHash);
        if (own is not null)
        {
            Decide(recorded, own, features);
            _agreement.AddDecision(recorded, ContractWords.Verdicts[(int)_decision.Verdict], _decision.Rules.Score, recordedFeatures, features);
        }
        else
        {
            UnknownPolicy++;
        }

        var policy = _tried ?? own;
        if (policy is not null)
        {
            if (policy != own)
            {
                Decide(recorded, policy, features);
            }

            Count(recorded, policy);
        }
    }

    /// <summary>What was counted.</summary>
    public (Agreement Agreement, IReadOnlyList<VerdictFlip> Flips, IReadOnlyList<FlippedDecision> Examples, IReadOnlyList<SegmentReport> Segments, IReadOnlyList<RuleReport> Rules, IReadOnlyList<ScoreBin> Scores) Report() => (
        _agreement.Report(),
        [.. _flips.Select(static flip => new VerdictFlip(flip.Key.Then, flip.Key.Now, flip.Value))],
        [.. _examples],
        [
            _all.Report(SegmentKind.All, ""),
            .. _scenes.Select(static scene => scene.Value.Report(SegmentKind.Scene, scene.Key)),
            .. _segments.Select(static segment => segment.Value.Report(SegmentKind.Label, segment.Key)),
        ],
        _rules.Report(),
        [.. Enumerable.Range(0, Bins).Select(bin => new ScoreBin(bin * BinWidth, _scoresThen[bin], _scoresNow[bin]))]);

    private static int BinOf(int score) => Math.Min(score / BinWidth, Bins - 1);

    private static SegmentTally Of(SortedDictionary<string, SegmentTally> segments, string name)
    {
        if (!segments.TryGetValue(name, out var tally))
        {
            segments.Add(name, tally = new SegmentTally());
        }

        return tally;
    }

    private void Decide(ArchivedDecision recorded, Policy policy, FeatureVector features)
    {
        _decision.Policy = policy;
        DecisionReplay.Run(
            ContractWords.SceneOf(recorded.Scene),
            ThresholdJitter.EntityOf(recorded.Entities[EntitySlot.Account], recorded.Entities[EntitySlot.IpPrefix]),
            ContractWords.ListOf(recorded.List),
            ContractWords.StoreOf(recorded.Store),
            features,
            _decision);
    }

    private void Count(ArchivedDecision recorded, Policy policy)
    {
        var truth = _truths.Find(recorded.Decision);
        Labelled += truth is null ? 0 : 1;
        var (then, now) = (ContractWords.VerdictOf(recorded.Verdict), _decision.Verdict);
        _flips[(then, now)] = _flips.GetValueOrDefault((then, now)) + 1;
        _scoresThen[BinOf(recorded.Score)]++;
        _scoresNow[BinOf(_decision.Rules.Score)]++;
        _rules.Add(recorded, policy, _decision.Rules, truth);
        _all.Add(then, now, truth);
        Of(_scenes, recorded.Scene).Add(then, now, truth);
        if (truth is { Segment: not 0 } known)
        {
            Of(_segments, _truths.NameOf(known)).Add(then, now, truth);
        }

        if (then != now && _examples.Count(example => example.Then == then && example.Now == now) < BacktestLimits.Examples)
        {
            _examples.Add(new FlippedDecision(
                recorded.Decision,
                DateTimeOffset.FromUnixTimeMilliseconds(recorded.TimeMilliseconds),
                recorded.Scene,
                then,
                now,
                recorded.Score,
                _decision.Rules.Score));
        }
    }
}
