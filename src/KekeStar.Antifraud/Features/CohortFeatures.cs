using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Features;

/// <summary>
/// The features that hold the devices like the event's against the usual: which cohort and which software, in which network, at
/// what hours.
/// </summary>
internal static class CohortFeatures
{
    /// <summary>Sets them; what the logs do not say stays unknown.</summary>
    public static void Add(EventCounts counts, FeatureVector features)
    {
        if (counts.Cohort is { } cohort)
        {
            Set(features, SingleFeature.CohortSurge, cohort.Surge);
            if (cohort.HasPrefix)
            {
                Set(features, SingleFeature.CohortPrefixRegistrations, cohort.PrefixRegistrations, cohort.IsAtLeast);
                Set(features, SingleFeature.CohortPrefixShare, cohort.PrefixShare);
                Set(features, SingleFeature.CohortPrefixHours, cohort.PrefixHours, cohort.IsAtLeast);
            }
        }

        if (counts.Similar is { } similar)
        {
            Set(features, SingleFeature.SimilarRegistrationShare, similar.RegistrationShare);
            Set(features, SingleFeature.SimilarDeviceShare, similar.DeviceShare);
            Set(features, SingleFeature.SimilarActiveHours, similar.ActiveHours, similar.IsAtLeast);
            Set(features, SingleFeature.SimilarRegistrationHours, similar.RegistrationHours, similar.IsAtLeast);
            Set(features, SingleFeature.SimilarNightShare, similar.NightShare);
            Set(features, SingleFeature.SimilarCohortShare, similar.CohortShare);
            if (similar.PrefixRegistrations >= 0)
            {
                Set(features, SingleFeature.SimilarPrefixRegistrations, similar.PrefixRegistrations, similar.IsPrefixAtLeast);
            }
        }
    }

    private static void Set(FeatureVector features, SingleFeature feature, double value, bool atLeast = false) =>
        features.Set(FeatureCatalogue.Index(feature), value, atLeast);
}
