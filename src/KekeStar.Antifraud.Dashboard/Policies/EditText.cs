using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Editing;

namespace KekeStar.Antifraud.Dashboard.Policies;

/// <summary>Says how a step ended.</summary>
internal static class EditText
{
    /// <summary>The text; limits stand in its places.</summary>
    public static string Of(Texts texts, PolicyEdit edit) =>
        texts[$"Edit.{edit}", PolicyEditingLimits.MaxCommentLength, PolicyEditingLimits.MaxDrafts, PolicyLimits.MaxFileBytes / 1024];
}
