using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Dashboard.Feedback;

/// <summary>Keys of the texts for the archive's words.</summary>
internal static class ContractText
{
    /// <summary>Key of a scene's name.</summary>
    /// <param name="scene">The word, such as <c>login</c>.</param>
    public static string SceneKey(string scene) => $"Scene.{(Scene)Array.IndexOf(ContractWords.Scenes, scene)}";

    /// <summary>Key of a verdict's name.</summary>
    /// <param name="verdict">The word, such as <c>reject</c>.</param>
    public static string VerdictKey(string verdict) => $"Verdict.{(Verdict)Array.IndexOf(ContractWords.Verdicts, verdict)}";
}
