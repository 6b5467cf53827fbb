using System.Globalization;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>Counts where what was computed anew differs from what was recorded.</summary>
internal sealed class AgreementTally
{
    private readonly Dictionary<int, long> _features = [];
    private readonly List<DecisionDifference> _examples = [];
    private readonly List<int> _differing = [];
    private long _rebuilt;
    private long _equalFeatures;
    private long _otherBounds;
    private long _decided;
    private long _equalVerdicts;
    private long _equalScores;

    /// <summary>Compares the features of a decision.</summary>
    /// <param name="recorded">As recorded.</param>
    /// <param name="rebuilt">As counted anew.</param>
    public void AddFeatures(FeatureVector recorded, FeatureVector rebuilt)
    {
        _rebuilt++;
        _differing.Clear();
        var otherBounds = false;
        for (var index = 0; index < FeatureCatalogue.Count; index++)
        {
            var (then, now) = (recorded.Values[index], rebuilt.Values[index]);
            if (then != now && !(double.IsNaN(then) && double.IsNaN(now)))
            {
                _differing.Add(index);
                CollectionsMarshal.GetValueRefOrAddDefault(_features, index, out _)++;
            }

            otherBounds |= recorded.IsAtLeast(index) != rebuilt.IsAtLeast(index);
        }

        _equalFeatures += _differing.Count == 0 ? 1 : 0;
        _otherBounds += _differing.Count == 0 && otherBounds ? 1 : 0;
    }

    /// <summary>Compares what was decided under the policy of then, behind <see cref="AddFeatures"/> of the same decision.</summary>
    /// <param name="recorded">As recorded.</param>
    /// <param name="verdict">The verdict now, in the contract's word.</param>
    /// <param name="score">The score now.</param>
    /// <param name="recordedFeatures">The recorded features, for examples.</param>
    /// <param name="rebuilt">Those counted anew.</param>
    public void AddDecision(ArchivedDecision recorded, string verdict, int score, FeatureVector recordedFeatures, FeatureVector rebuilt)
    {
        _decided++;
        var isVerdictEqual = verdict == recorded.Verdict;
        var isScoreEqual = score == recorded.Score;
        _equalVerdicts += isVerdictEqual ? 1 : 0;
        _equalScores += isScoreEqual ? 1 : 0;
        if ((!isVerdictEqual || !isScoreEqual) && _examples.Count < BacktestLimits.Examples)
        {
            _examples.Add(new DecisionDifference(
                recorded.Decision,
                DateTimeOffset.FromUnixTimeMilliseconds(recorded.TimeMilliseconds),
                recorded.Scene,
                recorded.Score,
                score,
                [.. _differing.Take(BacktestLimits.Examples).Select(index => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{FeatureCatalogue.At(index).Name} {recordedFeatures.Values[index]:0.###} → {rebuilt.Values[index]:0.###}"))]));
        }
    }

    /// <summary>Forgets the features of the decision before: one whose features were not counted anew follows.</summary>
    public void SkipFeatures() => _differing.Clear();

    /// <summary>What was counted.</summary>
    public Agreement Report() => new()
    {
        Rebuilt = _rebuilt,
        EqualFeatures = _equalFeatures,
        OtherBounds = _otherBounds,
        Decided = _decided,
        EqualVerdicts = _equalVerdicts,
        EqualScores = _equalScores,
        Features =
        [
            .. _features
                .OrderByDescending(static feature => feature.Value)
                .ThenBy(static feature => feature.Key)
                .Select(static feature => new FeatureDifference(FeatureCatalogue.At(feature.Key).Name, feature.Value)),
        ],
        Examples = [.. _examples],
    };
}
