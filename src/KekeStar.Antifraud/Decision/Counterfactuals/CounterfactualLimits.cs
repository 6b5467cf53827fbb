namespace KekeStar.Antifraud.Decision.Counterfactuals;

/// <summary>The bounds of the search for what would have changed a verdict, each with its reason.</summary>
internal static class CounterfactualLimits
{
    /// <summary>Most features that are changed together: 4, as many as a reviewer takes in.</summary>
    public const int MaxFeatures = 4;

    /// <summary>Most features that are tried, those first that rules rest on: 20; of up to four of them there are 6,195 sets.</summary>
    public const int MaxCandidates = 20;

    /// <summary>Most ways that are given, all of the same number of features: 3.</summary>
    public const int MaxWays = 3;

    /// <summary>Most decisions of one search: 20,000, half a second at worst. Beyond it what was found until then is given.</summary>
    public const int MaxTries = 20_000;

    /// <summary>Most combinations of values of one claim, each of which is tried: 4,096. A claim with more is made for a single point.</summary>
    public const int MaxCombinations = 4_096;

    /// <summary>Digits behind the point of a bound that is no whole number: 4.</summary>
    public const int Digits = 4;
}
