using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Learning.Data;

/// <summary>Which risk an attack is of which it is known only that it was one: who marks a decision does not say which.</summary>
internal static class SceneRisk
{
    /// <summary>The risk that led the decision; where none was above 0, or several are level, that of its scene.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="scores">The decision's score of each risk, 0 … 1000.</param>
    public static Risk Leading(Scene scene, ReadOnlySpan<int> scores)
    {
        var usual = Of(scene);
        var leading = usual;
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            if (scores[risk] > scores[(int)leading])
            {
                leading = (Risk)risk;
            }
        }

        return leading;
    }

    /// <summary>The risk that a scene is mostly attacked for: accounts are made, taken for what they are worth, and let loose on people.</summary>
    public static Risk Of(Scene scene) => scene switch
    {
        Scene.Register => Risk.BatchRegistration,
        Scene.SendMessage or Scene.JoinRoom => Risk.Bot,
        _ => Risk.AccountTheft,
    };
}
