using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Dashboard.Entities;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>The archive's words as texts.</summary>
internal static class DecisionWords
{
    /// <summary>The scenes that decisions can be looked for by.</summary>
    public static IEnumerable<string> Scenes => ContractWords.Scenes.Skip(1);

    /// <summary>The verdicts that decisions can be looked for by.</summary>
    public static IEnumerable<string> Verdicts => ContractWords.Verdicts.Skip(1);

    /// <summary>What a verdict is called.</summary>
    public static string Verdict(Texts texts, string word) => texts[$"Verdict.{ContractWords.VerdictOf(word)}"];

    /// <summary>What a scene is called.</summary>
    public static string Scene(Texts texts, string word) => texts[$"Scene.{ContractWords.SceneOf(word)}"];

    /// <summary>What a label says; its name where this build does not know it.</summary>
    public static string Label(Texts texts, string name)
    {
        foreach (var label in LabelCatalogue.All)
        {
            if (label.Name == name)
            {
                return texts.Pick(label.English, label.Chinese);
            }
        }

        return name;
    }

    /// <summary>Why a rule fires, as today's policy says it; empty: it has no such rule.</summary>
    public static string Reason(Texts texts, Policy policy, string id)
    {
        foreach (var rule in policy.Rules)
        {
            if (rule.Id == id)
            {
                return texts.Pick(rule.ReasonEnglish, rule.ReasonChinese);
            }
        }

        return "";
    }

    /// <summary>Address of a decision's page.</summary>
    /// <param name="decision">First 64 bits of the pseudonym of the event's id.</param>
    /// <param name="time">When it was made, with which it is found at once.</param>
    public static string PageOf(long decision, DateTimeOffset time) =>
        FormattableString.Invariant($"/decisions/{PseudonymText.Full(decision)}?at={time.ToUnixTimeMilliseconds()}");
}
