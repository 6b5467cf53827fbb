using System.Globalization;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>Reads how far a policy moves thresholds.</summary>
internal static class JitterReader
{
    private const string Member = "threshold_jitter";
    private const string Width = "width";

    /// <summary>Reads it.</summary>
    /// <param name="root">The policy.</param>
    /// <param name="scenes">By the contract's Scene.</param>
    /// <returns>The jitter; none where the policy names none, or an error was reported.</returns>
    public static ThresholdJitter Read(PolicyNode root, ScenePolicy?[] scenes)
    {
        if (!root.Has(Member) || root.Object(Member) is not { } node)
        {
            return default;
        }

        node.AllowOnly(Width);
        if (node.Integer(Width, 0, PolicyLimits.MaxJitterWidth) is not { } width)
        {
            return default;
        }

        var jitter = new ThresholdJitter(width);
        var review = scenes.Min(static scene => scene?.Review) ?? PolicyLimits.MaxScore;
        var reject = scenes.Max(static scene => scene?.Reject) ?? 0;
        if (review - jitter.Reach > 0 && reject + jitter.Reach <= PolicyLimits.MaxScore)
        {
            return jitter;
        }

        var most = Math.Min(review - 1, PolicyLimits.MaxScore - reject) / 2;
        node.Report(
            Width,
            width.ToString(CultureInfo.InvariantCulture),
            string.Create(
                CultureInfo.InvariantCulture,
                $"at most {most}: thresholds move by twice the width, and stay above 0 and at or below {PolicyLimits.MaxScore}"));
        return default;
    }
}
