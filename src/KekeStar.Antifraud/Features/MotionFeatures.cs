using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Motion;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>The features that the motion sensors give: what a series was found to be, and where else a recording was seen.</summary>
internal static class MotionFeatures
{
    /// <summary>Sets those of the event's own series; what too short a series cannot tell stays unknown.</summary>
    public static void Add(ScoreEvent scoreEvent, FeatureVector features)
    {
        if (scoreEvent.HasAccelerometer)
        {
            AddFindings(scoreEvent.Motion, features);
        }

        if (scoreEvent.GyroscopeContradicts is { } contradicts)
        {
            SetFlag(features, SingleFeature.MotionGyroscopeMismatch, contradicts);
        }
    }

    /// <summary>Sets the one that the logs of the recording give.</summary>
    public static void AddRecording(EventCounts counts, FeatureVector features)
    {
        if (counts.Recording.IsKnown)
        {
            features.Set(
                FeatureCatalogue.Index(SingleFeature.RecordingMatchingDevices), counts.Recording.Devices, counts.Recording.IsAtLeast);
        }
    }

    private static void AddFindings(in MotionFindings findings, FeatureVector features)
    {
        // A constant is told from fewer samples than the rest.
        var isStub = Has(findings, MotionCriteria.Stub);
        if (isStub || findings.IsJudged)
        {
            SetFlag(features, SingleFeature.MotionSynthetic, findings.IsSynthetic);
        }

        if (!findings.IsJudged)
        {
            return;
        }

        SetFlag(features, SingleFeature.MotionPeriodic, Has(findings, MotionCriteria.Periodic));
        SetFlag(features, SingleFeature.MotionWhiteNoise, Has(findings, MotionCriteria.White));
        SetFlag(features, SingleFeature.MotionRandomWalk, Has(findings, MotionCriteria.RandomWalk));
        SetFlag(features, SingleFeature.MotionNoiseless, Has(findings, MotionCriteria.Noiseless));
        SetFlag(features, SingleFeature.MotionCoarse, Has(findings, MotionCriteria.Coarse));
        SetFlag(features, SingleFeature.MotionDeadAxis, Has(findings, MotionCriteria.DeadAxis));
        SetFlag(features, SingleFeature.MotionImplausibleTime, Has(findings, MotionCriteria.ImplausibleTime));
        SetFlag(features, SingleFeature.MotionStill, Has(findings, MotionCriteria.Still) && !isStub);
        if (!double.IsNaN(findings.TremorShare))
        {
            features.Set(FeatureCatalogue.Index(SingleFeature.MotionTremor), findings.TremorShare);
        }
    }

    private static bool Has(in MotionFindings findings, MotionCriteria criterion) => (findings.Criteria & criterion) != 0;

    private static void SetFlag(FeatureVector features, SingleFeature feature, bool value) =>
        features.Set(FeatureCatalogue.Index(feature), value ? 1 : 0);
}
