using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Tests.Archive.Backtests;

namespace KekeStar.Antifraud.Tests.Features;

/// <summary>Which features come from windows: what the backtest counts anew, and what it takes from the record.</summary>
public sealed class WindowFeaturesTests
{
    [Fact]
    public async Task Every_feature_is_either_the_events_own_or_of_its_windows()
    {
        await using var traffic = new RecordedTraffic(seed: 3);
        var own = new FeatureVector(FeatureCatalogue.Count);
        var seen = new HashSet<int>();
        await traffic.RunAsync(300, call =>
        {
            FeatureBuilder.BuildOwn(call.Event, own);
            for (var index = 0; index < FeatureCatalogue.Count; index++)
            {
                var (alone, full) = (own.Values[index], call.Features.Values[index]);
                Assert.True(!FeatureBuilder.IsOfWindows(index) || double.IsNaN(alone), FeatureCatalogue.At(index).Name);
                Assert.True(FeatureBuilder.IsOfWindows(index) || alone.Equals(full), FeatureCatalogue.At(index).Name);
                if (!double.IsNaN(full))
                {
                    seen.Add(index);
                }
            }
        });

        Assert.Contains(FeatureCatalogue.Index(SingleFeature.RecordingMatchingDevices), seen);
        Assert.Contains(FeatureCatalogue.Index(SingleFeature.AccountNewDevice), seen);
        Assert.True(seen.Count > FeatureCatalogue.Count / 2);
    }
}
