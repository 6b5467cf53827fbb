using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Archive.Reading;
using KekeStar.Antifraud.Dashboard.Entities;
using KekeStar.Antifraud.Dashboard.Language;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Dashboard.Decisions;

/// <summary>The archive's words as members of the contract, and as texts.</summary>
internal static class DecisionWords
{
    /// <summary>The scenes that decisions can be looked for by.</summary>
    public static IEnumerable<string> Scenes => ContractWords.Scenes.Skip(1);

    /// <summary>The verdicts that decisions can be looked for by.</summary>
    public static IEnumerable<string> Verdicts => ContractWords.Verdicts.Skip(1);

    /// <summary>Scene of a word; Unspecified: of none.</summary>
    public static Scene SceneOf(string word) => (Scene)Place(ContractWords.Scenes, word);

    /// <summary>Verdict of a word.</summary>
    public static Verdict VerdictOf(string word) => (Verdict)Place(ContractWords.Verdicts, word);

    /// <summary>List of a word; Unspecified: of null.</summary>
    public static ListKind ListOf(string? word) => (ListKind)Place(ContractWords.Lists, word);

    /// <summary>How asking the store ended.</summary>
    public static StoreStatus StoreOf(string word) => (StoreStatus)Place(ContractWords.Stores, word);

    /// <summary>Way to challenge of a word; Unspecified: of null.</summary>
    public static ChallengeKind ChallengeOf(string? word) => (ChallengeKind)Place(ContractWords.Challenges, word);

    /// <summary>What a verdict is called.</summary>
    public static string Verdict(Texts texts, string word) => texts[$"Verdict.{VerdictOf(word)}"];

    /// <summary>What a scene is called.</summary>
    public static string Scene(Texts texts, string word) => texts[$"Scene.{SceneOf(word)}"];

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
    public static string PageOf(DecisionRow row) => FormattableString.Invariant($"/decisions/{PseudonymText.Full(row.Decision)}?at={row.Time.ToUnixTimeMilliseconds()}");

    private static int Place(string[] words, string? word) => Math.Max(0, Array.IndexOf(words, word));
}
