using System.Globalization;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Scoring.Loading;

/// <summary>Reads what a policy file says of the scenes.</summary>
internal static class SceneReader
{
    /// <summary>Reads all scenes, by the contract's Scene; a scene with errors is null.</summary>
    public static ScenePolicy?[] Read(PolicyNode root)
    {
        var scenes = new ScenePolicy?[Policy.SceneCount];
        if (root.Object("scenes") is not { } node)
        {
            return scenes;
        }

        node.AllowOnly([.. PolicyWords.Scenes.Keys]);
        foreach (var (name, scene) in PolicyWords.Scenes)
        {
            scenes[(int)scene] = node.Object(name) is { } one ? ReadOne(one) : null;
        }

        return scenes;
    }

    private static ScenePolicy? ReadOne(PolicyNode node)
    {
        node.AllowOnly("review", "challenge", "reject", "degraded_floor", "accept_unscored", "challenge_kinds", "step_up_exemption_minutes");
        var review = node.Integer("review", 1, PolicyLimits.MaxScore);
        var challenge = node.Integer("challenge", 1, PolicyLimits.MaxScore);
        var reject = node.Integer("reject", 1, PolicyLimits.MaxScore);
        RequireHigher(node, "challenge", challenge, "review", review);
        RequireHigher(node, "reject", reject, "challenge", challenge);
        var floor = ReadFloor(node);
        var kinds = ReadKinds(node);
        var exemption = node.Integer("step_up_exemption_minutes", 0, PolicyLimits.MaxExemptionMinutes);
        return review is { } r && challenge is { } c && reject is { } j && exemption is { } minutes
            ? new ScenePolicy(r, c, j, floor, TimeSpan.FromMinutes(minutes)) { ChallengeKinds = kinds }
            : null;
    }

    private static void RequireHigher(PolicyNode node, string name, int? value, string lowerName, int? lower)
    {
        if (value <= lower)
        {
            node.Report(name, value.Value.ToString(CultureInfo.InvariantCulture), $"more than {lowerName} ({lower})");
        }
    }

    private static Verdict ReadFloor(PolicyNode node)
    {
        var floor = node.Word("degraded_floor", PolicyWords.Floors);
        if (!node.Boolean("accept_unscored", byDefault: false) && floor == Verdict.Pass)
        {
            node.Report(
                "degraded_floor",
                "\"pass\"",
                "review, challenge, reject; pass only beside \"accept_unscored\": true, which says that events may go through unscored while the store is away");
        }

        return floor;
    }

    private static ChallengeKind[] ReadKinds(PolicyNode node)
    {
        var kinds = new ChallengeKind[Risks.Count];
        if (node.Object("challenge_kinds") is not { } byRisk)
        {
            return kinds;
        }

        byRisk.AllowOnly([.. PolicyWords.Risks.Keys]);
        foreach (var (name, risk) in PolicyWords.Risks)
        {
            kinds[(int)risk] = byRisk.Word(name, PolicyWords.Challenges);
        }

        return kinds;
    }
}
